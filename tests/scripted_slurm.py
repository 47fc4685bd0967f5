"""
Slurm's commands as far as runs use them, each job a real process; what they print is what Slurm
22.05 printed. Installed under their names; the folder that it lies in holds what becomes of the
jobs. A file `full` there keeps jobs in line, `refuses` refuses them, `away` is a controller that
does not answer. What somebody writes into `N.end` is the end of job N.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(sys.argv[0]).resolve().parent
AWAY = "Unable to contact slurm controller (connect failure)"
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
    if (HERE / "away").exists():
        sys.exit(f"sbatch: error: Batch job submission failed: {AWAY}")
    job = HERE / str(len(list(HERE.glob("*.state"))) + 1)
    job.with_suffix(".script").write_text(Path(path).read_text())
    put_in_line(job)
    print(f"Submitted batch job {job.name}")


def put_in_line(job):
    job.with_suffix(".state").write_text("PENDING")
    if not (HERE / "full").exists():
        begin(job)


def begin(job):
    asked = options(job.with_suffix(".script"))
    given = {name: os.environ[name] for name in asked["export"].split(",")}
    subprocess.Popen(
        ["bash", "-c", WATCHED, str(job.with_suffix(".script")), str(job)],
        env=given | {"SLURM_JOB_ID": job.name},
        cwd=asked["chdir"],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def srun(*arguments):
    (HERE / f"{os.environ['SLURM_JOB_ID']}.step").write_text(str(os.getpid()))
    command = arguments[arguments.index(sys.executable) :]
    os.execv(command[0], command)  # noqa: S606 -- no shell; the line that a job has


def sacct(*arguments):
    """Nothing of a job that the accounting has not heard of; its steps in lines of their own."""
    print("JobID|State|NodeList")
    for number in (word for word in arguments if word.isdigit()):
        job = HERE / number
        state = state_of(job)
        if state == "PENDING":
            print(f"{number}|PENDING|None assigned")
        elif state:
            print(f"{number}|{state}|n1")
            print(f"{number}.batch|{state.partition(' ')[0]}|n1")
            print(f"{number}.0|{state.partition(' ')[0]}|n1")


def state_of(job):
    for kind in (".end", ".state"):
        if job.with_suffix(kind).exists():
            return job.with_suffix(kind).read_text().strip()
    return ""


def scancel(*arguments):
    """Of a job that is over it says nothing, but where it was to be signalled."""
    if (HERE / "away").exists():
        sys.exit(f"scancel: error: Kill job error on job id {arguments[-1]}: {AWAY}")
    job = HERE / arguments[-1]
    kindly = "--signal=TERM" in arguments
    step = running_step(job)
    if kindly and not step:
        sys.exit(f"scancel: error: Kill job error on job id {job.name}: Invalid job id specified")
    if not kindly and not job.with_suffix(".end").exists():
        end_session(job)
        job.with_suffix(".end").write_text(f"CANCELLED by {os.getuid()}")
    elif step:
        os.kill(step, signal.SIGTERM)


def scontrol(verb, number):
    """
    `requeue` puts a job back that runs, under its number, and so does a `preempt` where somebody
    allowed that; `release` begins it.
    """
    job = HERE / number
    if verb == "release":
        begin(job)
    else:
        end_session(job)
        job.with_suffix(".state").write_text(f"{verb.upper().removesuffix('E')}ED")


def running_step(job):
    step = job.with_suffix(".step")
    return int(step.read_text()) if step.exists() and not job.with_suffix(".end").exists() else 0


def end_session(job):
    """With the shell that would write down its end."""
    if step := running_step(job):
        os.killpg(os.getpgid(step), signal.SIGKILL)
        job.with_suffix(".step").unlink()


if __name__ == "__main__":
    globals()[Path(sys.argv[0]).name](*sys.argv[1:])
