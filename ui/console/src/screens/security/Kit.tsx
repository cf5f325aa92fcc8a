// The recovery kit: whether there is one, what it saves from, making it, its files, and checking a code. The code itself
// is written to files by the back end: it never comes here.
import { useState } from "react";
import { isNew } from "../../app/vault";
import { Button, Pill, TextField } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { VaultView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { KitCheck } from "./KitCheck";
import { useKitFiles } from "./kitFiles";
import { Made } from "./Made";
import css from "./security.module.css";

export function Kit({ vault, makeAtOnce }: { vault: VaultView; makeAtOnce: boolean }) {
  const { t, language } = useMessages();
  const open = vault.state === "open";
  const [making, setMaking] = useState(makeAtOnce && open);
  const [files, setFiles] = useKitFiles();
  const made = vault.kit_made;
  const day = made === null ? "" : new Date(made).toLocaleDateString(language, { dateStyle: "long" });
  return (
    <section className={`${layout.card} ${css.card}`} aria-label={t("kit.title")} data-testid="kit">
      <div className={`${layout.row} ${layout.spread}`}>
        <h2>{t("kit.title")}</h2>
        <Pill tone={made === null ? (isNew(vault) ? "neutral" : "warn") : "ok"} data-testid="kit-pill">
          {made === null ? t("kit.none") : t("kit.made", { day })}
        </Pill>
      </div>
      <p>{t(made === null ? "kit.without" : "kit.with")}</p>
      {files ? <Made files={files} onGone={() => setFiles(null)} /> : null}
      <div className={layout.row}>
        <Button
          data-testid="kit-make"
          look={made === null ? "primary" : "plain"}
          disabled={!open}
          onClick={() => setMaking(true)}
        >
          {t(made === null ? "kit.make" : "kit.make.again")}
        </Button>
      </div>
      {open ? null : <p className="soft">{t(isNew(vault) ? "kit.empty" : "kit.shut")}</p>}
      {made === null || !open ? null : <KitCheck />}
      {making ? <Make renewed={made !== null} onClose={() => setMaking(false)} onMade={setFiles} /> : null}
    </section>
  );
}

function Make(props: { renewed: boolean; onClose: () => void; onMade: ReturnType<typeof useKitFiles>[1] }) {
  const { t } = useMessages();
  const make = useAct("kit_make");
  const [folder, setFolder] = useState("");
  const write = () =>
    make.mutate(folder.trim() ? { folder: folder.trim() } : {}, {
      onSuccess: (files) => {
        props.onMade(files);
        props.onClose();
      },
    });
  return (
    <Confirm
      title={t("kit.make")}
      action={t("kit.make.act")}
      look="primary"
      busy={make.isPending}
      onClose={props.onClose}
      onConfirm={write}
    >
      <p>{t("kit.make.body")}</p>
      {props.renewed ? <p>{t("kit.make.renewed")}</p> : null}
      <TextField
        label={t("kit.folder")}
        help={t("kit.folder.help")}
        placeholder={t("kit.folder.downloads")}
        data-testid="kit-folder"
        value={folder}
        onChange={(event) => setFolder(event.target.value)}
      />
      <Problem error={make.error} />
    </Confirm>
  );
}
