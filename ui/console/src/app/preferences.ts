// What this window remembers: theme, language, application. Nothing of a key or a call is ever kept here.
import { useEffect, useState } from "react";
import type { Language } from "../messages";

export type Theme = "system" | "light" | "dark";

function remembered<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  const found = localStorage.getItem(name);
  return allowed.find((value) => value === found) ?? fallback;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(() =>
    remembered("theme", ["system", "light", "dark"] as const, "system"),
  );
  useEffect(() => {
    localStorage.setItem("theme", theme);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const shown = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
      document.documentElement.dataset.theme = shown;
    };
    apply();
    dark.addEventListener("change", apply);
    return () => dark.removeEventListener("change", apply);
  }, [theme]);
  return [theme, setTheme];
}

export function useLanguage(): [Language, (language: Language) => void] {
  const system: Language = navigator.language.startsWith("it") ? "it" : "en";
  const [language, setLanguage] = useState(() => remembered("language", ["en", "it"] as const, system));
  useEffect(() => {
    localStorage.setItem("language", language);
    document.documentElement.lang = language;
  }, [language]);
  return [language, setLanguage];
}

export function useChosenApplication(): [string | null, (id: string) => void] {
  const [chosen, setChosen] = useState(() => localStorage.getItem("application"));
  return [
    chosen,
    (id) => {
      localStorage.setItem("application", id);
      setChosen(id);
    },
  ];
}
