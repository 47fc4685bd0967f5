import { Checkbox, Group } from "@mantine/core";

import { type Role, ROLE_LABELS, ROLES } from "@/core/roles";

interface Props {
  label: string;
  roles: readonly Role[];
  isDisabled?: boolean;
  onChange: (roles: Role[]) => void;
}

/** Roles add up: a person may hold several. */
export function RoleChecks({ label, roles, isDisabled = false, onChange }: Props) {
  const toggle = (role: Role) =>
    onChange(ROLES.filter((known) => (known === role) !== roles.includes(known)));
  return (
    <Group gap="xl" style={{ rowGap: "var(--space-2)" }} role="group" aria-label={label}>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          label={ROLE_LABELS[role]}
          checked={roles.includes(role)}
          disabled={isDisabled}
          onChange={() => toggle(role)}
        />
      ))}
    </Group>
  );
}
