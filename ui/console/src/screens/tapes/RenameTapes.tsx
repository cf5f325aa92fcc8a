// Another name for a set of tapes. Whoever records or plays it goes on.
import { useState } from "react";
import { Button, TextField } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { TapeSetView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function RenameTapes({ set }: { set: TapeSetView }) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        aria-label={`${t("tapes.rename")}: ${set.name}`}
        data-testid="tape-rename"
        onClick={() => setOpen(true)}
      >
        {t("tapes.rename")}
      </Button>
      {open ? <Form set={set} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Form({ set, onClose }: { set: TapeSetView; onClose: () => void }) {
  const { t } = useMessages();
  const [name, setName] = useState(set.name);
  const rename = useAct("tape_rename");
  const wanted = name.trim();
  const save = () => {
    if (wanted === set.name) return onClose();
    rename.mutate({ set: set.id, name: wanted }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t("tapes.rename")} onClose={onClose}>
      <form
        className={layout.stack}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t("tapes.name")}
          data-testid="tape-new-name"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Problem error={rename.error} />
        <div className={`${layout.row} ${layout.end}`}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            data-testid="confirm"
            disabled={wanted.length < 3 || rename.isPending}
          >
            {t("tapes.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
