// The frame around every screen, and the keys that work everywhere.
import { Search } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../components/controls";
import { Dialog } from "../components/Dialog";
import { CopyButton } from "../components/states";
import { useRead } from "../ipc/queries";
import { useMessages } from "../messages";
import { useDesk } from "./desk";
import { Palette } from "./Palette";
import type { useLanguage, useTheme } from "./preferences";
import { routes, type ScreenId } from "./routes";
import { SideBar } from "./SideBar";
import css from "./shell.module.css";
import { VaultBanner } from "./VaultBanner";

export interface ShellProps {
  screen: ScreenId;
  toasts: { id: number; text: string }[];
  preferences: {
    language: ReturnType<typeof useLanguage>[0];
    setLanguage: ReturnType<typeof useLanguage>[1];
    theme: ReturnType<typeof useTheme>[0];
    setTheme: ReturnType<typeof useTheme>[1];
  };
  children: ReactNode;
}

export function Shell({ screen, toasts, preferences, children }: ShellProps) {
  const { t } = useMessages();
  const desk = useDesk();
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const proxy = useRead("overview", {}).data?.proxy;
  useKeys(setOpen);
  return (
    <div className={css.shell}>
      <SideBar screen={screen} preferences={preferences} />
      <main className={css.main}>
        <header className={css.top}>
          <h1>{t(`nav.${screen}`)}</h1>
          <Button className={css.search} onClick={() => setOpen("palette")}>
            <Search aria-hidden />
            {t("palette.open")} <kbd>Ctrl K</kbd>
          </Button>
          {proxy?.state === "running" ? <CopyButton text={proxy.url} label={t("proxy.copy")} /> : null}
          <Button
            look="primary"
            data-testid="open-preview"
            onClick={desk.openPreview}
            disabled={!desk.application}
          >
            {t("preview.open")}
          </Button>
        </header>
        <VaultBanner silent={screen === "security"} />
        {children}
      </main>
      <div className={css.toasts} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <p key={toast.id} className={css.toast}>
            {toast.text}
          </p>
        ))}
      </div>
      {open === "palette" ? (
        <Palette
          preferences={preferences}
          onShortcuts={() => setOpen("shortcuts")}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === "shortcuts" ? <Shortcuts onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function useKeys(open: (what: "palette" | "shortcuts") => void) {
  const desk = useDesk();
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey;
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
      const place = routes[Number(event.key) - 1];
      if (command && event.key.toLowerCase() === "k") open("palette");
      else if (command && event.key === "Enter") desk.openPreview();
      else if (command && place) desk.go(place.id);
      else if (event.key === "?" && !typing) open("shortcuts");
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", act);
    return () => removeEventListener("keydown", act);
  }, [desk, open]);
}

function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useMessages();
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      <dl className={css.keys}>
        <dt>Ctrl K</dt>
        <dd>{t("shortcuts.palette")}</dd>
        <dt>Ctrl 1 … {routes.length}</dt>
        <dd>{routes.map(({ id }) => t(`nav.${id}`)).join(", ")}</dd>
        <dt>Ctrl ↵</dt>
        <dd>{t("shortcuts.preview")}</dd>
        <dt>?</dt>
        <dd>{t("shortcuts.help")}</dd>
      </dl>
      <Button onClick={onClose}>{t("action.close")}</Button>
    </Dialog>
  );
}
