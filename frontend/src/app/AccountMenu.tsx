import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { signOut } from "@/api/session";

interface Props {
  name: string;
  email: string;
}

async function signOutAndLeave(): Promise<void> {
  await signOut();
  // A full load leaves nothing of this person in memory.
  window.location.assign("/sign-in");
}

export function AccountMenu({ name, email }: Props) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="xs">
          <span className="visually-hidden">Account: </span>
          {name === "" ? email : name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Item component={Link} to="/tokens">
          Access tokens
        </Menu.Item>
        <Menu.Item onClick={() => void signOutAndLeave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
