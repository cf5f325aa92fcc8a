// The command palette: everything the window can do, by typing. It only calls what screens and shell offer anyway.
import { useId, useLayoutEffect, useRef, useState } from "react";
import { useAct, useRead } from "../ipc/queries";
import { sentence, type Translate, useMessages } from "../messages";
import { useDesk } from "./desk";
import { routes } from "./routes";
import type { ShellProps } from "./Shell";
import css from "./shell.module.css";
import { useVaultCommands } from "./vaultCommands";

interface Props {
  preferences: ShellProps["preferences"];
  onShortcuts: () => void;
  onClose: () => void;
}

export interface Command {
  id: string;
  text: string;
  run: () => void;
}

export function Palette(props: Props) {
  const { t } = useMessages();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const commands = useCommands(props).filter((command) => matches(command.text, words));
  const current = commands[Math.min(at, commands.length - 1)];
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  const run = (command: Command | undefined) => {
    props.onClose();
    command?.run();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={t("palette.open")}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <div className={css.palette}>
        <input
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={current ? `${list}-${current.id}` : undefined}
          aria-label={t("palette.placeholder")}
          placeholder={t("palette.placeholder")}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step)
              setAt((Math.min(at, commands.length - 1) + step + commands.length) % commands.length || 0);
            else if (event.key === "Enter") run(current);
            else return;
            event.preventDefault();
          }}
        />
        <div role="listbox" id={list} aria-label={t("palette.open")}>
          {commands.map((command) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
            <div
              key={command.id}
              id={`${list}-${command.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={command === current}
              onClick={() => run(command)}
            >
              {command.text}
            </div>
          ))}
        </div>
        {commands.length === 0 ? <p role="status">{t("palette.none")}</p> : null}
      </div>
    </dialog>
  );
}

/** Every typed word stands in the text, in any order. */
function matches(text: string, words: string): boolean {
  const found = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}

function useCommands(props: Props): Command[] {
  const { t } = useMessages();
  const desk = useDesk();
  const start = useAct("proxy_start");
  const stop = useAct("proxy_stop");
  const proxy = useRead("overview", {}).data?.proxy;
  const vault = useVaultCommands();
  const onError = (error: Parameters<typeof sentence>[1]) => desk.say(sentence(t, error));
  const url = proxy?.state === "running" ? proxy.url : null;
  return [
    ...routes.map(({ id }) => ({
      id,
      text: t("palette.go", { place: t(`nav.${id}`) }),
      run: () => desk.go(id),
    })),
    { id: "preview", text: t("preview.open"), run: desk.openPreview },
    url
      ? { id: "stop", text: t("palette.stop"), run: () => stop.mutate({}, { onError }) }
      : { id: "start", text: t("palette.start"), run: () => start.mutate({}, { onError }) },
    ...(url
      ? [{ id: "copy", text: t("proxy.copy"), run: () => void navigator.clipboard.writeText(url) }]
      : []),
    { id: "add", text: t("palette.add-provider"), run: () => desk.go("providers", "add") },
    ...vault,
    ...looks(props, t),
  ];
}

function looks({ preferences, onShortcuts }: Props, t: Translate): Command[] {
  return [
    ...(["system", "light", "dark"] as const).map((theme) => ({
      id: `theme-${theme}`,
      text: t("palette.theme", { name: t(`theme.${theme}`) }),
      run: () => preferences.setTheme(theme),
    })),
    ...(["en", "it"] as const).map((language) => ({
      id: `language-${language}`,
      text: t("palette.language", { name: language.toUpperCase() }),
      run: () => preferences.setLanguage(language),
    })),
    { id: "shortcuts", text: t("palette.shortcuts"), run: onShortcuts },
  ];
}
