// The files of the kit just made: where they are, opening the page for printing, and deleting them when it is printed.
import { Printer, Trash2 } from "lucide-react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { KitFiles } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import css from "./security.module.css";

export function Made({ files, onGone }: { files: KitFiles; onGone: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const open = useAct("kit_open");
  const forget = useAct("kit_forget");
  const gone = () => {
    desk.say(t("kit.files.gone"));
    onGone();
  };
  return (
    <div className={css.files} data-testid="kit-files" role="status">
      <p>{t("kit.files")}</p>
      <ul>
        {[files.page, files.text].map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
      <div className={layout.row}>
        <Button
          look="primary"
          data-testid="kit-open"
          disabled={open.isPending}
          onClick={() => open.mutate({})}
        >
          <Printer aria-hidden />
          {t("kit.files.open")}
        </Button>
        <Button
          look="danger"
          data-testid="kit-forget"
          disabled={forget.isPending}
          onClick={() => forget.mutate({}, { onSuccess: gone })}
        >
          <Trash2 aria-hidden />
          {t("kit.files.forget")}
        </Button>
      </div>
      <Problem error={open.error ?? forget.error} />
    </div>
  );
}
