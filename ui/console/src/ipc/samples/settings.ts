// The certificate and the sessions of memory mode.
import type { CertificateView, SessionView } from "../generated";

export const noCertificate: CertificateView = {
  ...{ state: "none", expires: null, fingerprint: null, name: null, ca_file: null, url: null },
  stores: [],
  tool: true,
};

export const certificate: CertificateView = {
  state: "good",
  expires: Date.parse("2029-01-31T12:00:00Z"),
  fingerprint: Array.from({ length: 32 }, (_, n) =>
    (n * 7 + 16).toString(16).toUpperCase().padStart(2, "0"),
  ).join(":"),
  name: "AddOn Console local CA 3f2a91c4",
  ca_file: "/home/ada/.local/share/addon-console/addon-console-ca.pem",
  url: "https://127.0.0.1:23366",
  stores: [{ browser: "chromium", path: "/home/ada/.pki/nssdb", trusted: false }],
  tool: true,
};

export const sessions = (application: string, application_name: string): SessionView[] => [
  {
    id: "5e551000-0000-4000-8000-000000000001",
    ...{ application, application_name, uid: "mario-rossi", pinned: null },
    login: Date.parse("2026-11-23T09:12:00Z"),
    refreshed: Date.parse("2026-11-23T10:02:11Z"),
    ends: Date.parse("2026-11-23T21:12:00Z"),
  },
  {
    id: "5e551000-0000-4000-8000-000000000002",
    ...{ application, application_name, uid: "demo-user", pinned: "http://127.0.0.1:23366" },
    login: Date.parse("2026-11-23T08:40:00Z"),
    refreshed: Date.parse("2026-11-23T10:00:40Z"),
    ends: Date.parse("2026-11-23T20:40:00Z"),
  },
];
