"""
Slurm's four commands as far as runs use them, each job a real process. Installed under the four
names; the folder that it lies in holds what becomes of the jobs. A file `full` there keeps jobs in
line, `refuses` refuses them.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(sys.argv[0]).resolve().parent
# Writes down how the script of the job ended, also after a kill.
WATCHED = (
    'echo RUNNING > "$1.state"; bash "$0" && echo COMPLETED > "$1.end" || echo FAILED > "$1.end"'
)


def options(script):
    lines = [line for line in script.read_text().splitlines() if line.startswith("#SBATCH --")]
    return dict(line.removeprefix("#SBATCH --").partition("=")[::2] for line in lines)


def sbatch(path):
    if (HERE / "refuses").exists():
        sys.exit("sbatch: error: invalid partition specified: gpu")
    script = Path(path)
    asked = options(script)
    number = len(list(HERE.glob("*.state"))) + 1
    job = HERE / str(number)
    job.with_suffix(".script").write_text(script.read_text())
    job.with_suffix(".state").write_text("PENDING")
    if not (HERE / "full").exists():
        given = {name: os.environ[name] for name in asked["export"].split(",")}
        subprocess.Popen(
            ["bash", "-c", WATCHED, str(job.with_suffix(".script")), str(job)],
            env=given | {"SLURM_JOB_ID": str(number)},
            cwd=asked["chdir"],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    print(f"Submitted batch job {number}")


def srun(*arguments):
    (HERE / f"{os.environ['SLURM_JOB_ID']}.step").write_text(str(os.getpid()))
    command = arguments[arguments.index(sys.executable) :]
    os.execv(command[0], command)  # noqa: S606 -- no shell; the line that a job has


def sacct(*arguments):
    print("JobID|State|NodeList")
    for number in (word for word in arguments if word.isdigit()):
        print(f"{number}|{state_of(HERE / number)}|node")


def state_of(job):
    for kind in (".cancelled", ".end", ".state"):
        if job.with_suffix(kind).exists():
            return job.with_suffix(kind).read_text().strip()
    return ""


def scancel(*arguments):
    job = HERE / arguments[-1]
    kindly = "--signal=TERM" in arguments
    if not kindly:
        job.with_suffix(".cancelled").write_text("CANCELLED by 1000")
    if job.with_suffix(".step").exists() and not job.with_suffix(".end").exists():
        number = int(job.with_suffix(".step").read_text())
        os.kill(number, signal.SIGTERM if kindly else signal.SIGKILL)


if __name__ == "__main__":
    globals()[Path(sys.argv[0]).name](*sys.argv[1:])
