import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";

import { Header } from "@/app/Header";
import classes from "@/app/Shell.module.css";
import { SignInOverlay } from "@/features/session/SignInOverlay";
import { TakeBackNotice } from "@/features/submitted/TakeBackNotice";
import { Loading } from "@/ui/Loading";
import { OfflineNotice } from "@/ui/OfflineNotice";

/** The frame around every page of a person who is signed in. */
export function Shell() {
  return (
    <>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <Header />
      <OfflineNotice />
      <main id="main" className={classes.main} tabIndex={-1}>
        <TakeBackNotice />
        <Suspense fallback={<Loading label="Loading the page" />}>
          <Outlet />
        </Suspense>
      </main>
      <SignInOverlay />
    </>
  );
}
