// The window: providers around it, what it remembers, which screen is shown. Holds no text and no rule of a screen.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { Host } from "../ipc/host";
import { HostProvider } from "../ipc/host";
import { useAct, useEvents, useRead } from "../ipc/queries";
import { Messages, sentence, useMessages } from "../messages";
import { type Desk, DeskProvider, type Intent } from "./desk";
import { NoBackEnd } from "./NoBackEnd";
import { useChosenApplication, useLanguage, useTheme } from "./preferences";
import { routes, type ScreenId } from "./routes";
import { Shell, type ShellProps } from "./Shell";

// The back end is this program: being offline stops nothing. What was read is true until an event says otherwise.
const networkMode = "always";
const queries = { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode } as const;

export function App({ host }: { host: Host }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries, mutations: { networkMode } } }),
  );
  const [language, setLanguage] = useLanguage();
  const [theme, setTheme] = useTheme();
  return (
    <HostProvider value={host}>
      <QueryClientProvider client={client}>
        <Messages language={language}>
          <Window preferences={{ language, setLanguage, theme, setTheme }} />
        </Messages>
      </QueryClientProvider>
    </HostProvider>
  );
}

function Window({ preferences }: { preferences: ShellProps["preferences"] }) {
  useEvents();
  const { t } = useMessages();
  const [place, setPlace] = useState<{ screen: ScreenId; intent: Intent; visit: number }>({
    ...{ screen: "overview", intent: null, visit: 0 },
  });
  // Who asks for the same thing twice is shown it twice.
  const go = (screen: ScreenId, intent: Intent = null) =>
    setPlace((now) => ({ screen, intent, visit: now.visit + (intent ? 1 : 0) }));
  const [chosen, choose] = useChosenApplication();
  const { toasts, say } = useToasts();
  const applications = useRead("application_list", {}).data?.items ?? [];
  const application = applications.find((each) => each.id === chosen) ?? applications[0] ?? null;
  const preview = useAct("preview_open");
  const desk: Desk = {
    application,
    applications,
    choose,
    go,
    intent: place.intent,
    say,
    openPreview: () => {
      if (!application) return go("overview");
      preview.mutate(
        { application: application.id },
        { onSuccess: () => say(t("preview.opened")), onError: (error) => say(sentence(t, error)) },
      );
    },
  };
  const overview = useRead("overview", {});
  if (overview.error && !overview.data) {
    return <NoBackEnd error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  const Screen = routes.find((route) => route.id === place.screen)?.screen;
  return (
    <DeskProvider value={desk}>
      <Shell screen={place.screen} preferences={preferences} toasts={toasts}>
        {Screen ? <Screen key={`${place.screen} ${place.intent} ${place.visit}`} /> : null}
      </Shell>
    </DeskProvider>
  );
}

function useToasts() {
  const [toasts, setToasts] = useState<{ id: number; text: string }[]>([]);
  const say = useCallback((text: string) => {
    setToasts((shown) => [...shown.slice(-2), { id: Date.now() + Math.random(), text }]);
  }, []);
  const oldest = toasts[0]?.id;
  useEffect(() => {
    if (oldest === undefined) return;
    const timer = setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== oldest)), 6000);
    return () => clearTimeout(timer);
  }, [oldest]);
  return { toasts, say };
}
