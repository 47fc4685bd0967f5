import { setupServer } from "msw/node";

/** The made-up backend of component tests; each test adds the answers it needs. */
export const server = setupServer();
