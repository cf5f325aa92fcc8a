// A set of tapes from a file: its path and its passphrase. The back end reads the file.
import { useRef, useState } from "react";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { SecretField } from "../../components/SecretField";
import { Problem } from "../../components/states";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { PathField } from "../settings/PathField";

export function ImportTapes() {
  const { t } = useMessages();
  const [path, setPath] = useState("");
  const [length, setLength] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const read = useSecretAct("tape_import");
  const ready = path.trim() !== "" && length > 0 && !read.isPending;
  const take = () => {
    if (!ready) return;
    read.act([field.current], ([id = ""]) => ({ path: path.trim(), passphrase: id }));
    setLength(0);
  };
  return (
    <details>
      <summary data-testid="tape-import-open">{t("tapes.import")}</summary>
      <div className={layout.stack}>
        <PathField
          label={t("tapes.import.path")}
          placeholder="/home/…/demo.aoctapes"
          testId="tape-import-path"
          purpose="import"
          path={path}
          onPath={setPath}
        />
        <SecretField
          label={t("tapes.import.passphrase")}
          field={field}
          onLength={setLength}
          onEnter={take}
          data-testid="tape-import-passphrase"
        />
        <Problem error={read.error} />
        <div className={layout.row}>
          <Button data-testid="tape-import" disabled={!ready} onClick={take}>
            {t("tapes.import.act")}
          </Button>
          <span role="status">{read.data ? t("tapes.imported", { name: read.data.name }) : null}</span>
        </div>
      </div>
    </details>
  );
}
