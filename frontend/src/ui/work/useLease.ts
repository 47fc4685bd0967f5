import { useCallback, useEffect, useState } from "react";

import { onActivity } from "@/ui/work/onActivity";

interface Lease {
  leaseUntil: string | null;
  /** Takes the end that a save brought along. */
  onLease: (leaseUntil: string | null) => void;
  extend: () => void;
}

type Renew = (id: number) => Promise<{ lease_until: string | null }>;

/** Work that is kept for this person as long as they are at it. */
export function useLease(
  { id, lease_until }: { id: number; lease_until: string | null },
  renew: Renew,
  isOpen: boolean,
): Lease {
  const [leaseUntil, onLease] = useState(lease_until);
  const extend = useCallback(() => {
    // A lease that cannot be renewed shows when the next save is refused.
    renew(id).then(
      (lease) => onLease(lease.lease_until),
      () => undefined,
    );
  }, [id, renew]);
  useEffect(() => (isOpen ? onActivity(extend) : undefined), [extend, isOpen]);
  return { leaseUntil, onLease, extend };
}
