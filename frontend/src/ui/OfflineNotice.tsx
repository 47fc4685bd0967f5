import { useSyncExternalStore } from "react";

import { Notice } from "@/ui/Notice";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

export function OfflineNotice() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (isOnline) return null;
  return (
    <Notice tone="warning" title="You are offline.">
      What you write is kept on this device and sent when the connection is back.
    </Notice>
  );
}
