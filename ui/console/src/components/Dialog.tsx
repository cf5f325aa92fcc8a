// A modal dialog on the platform's own <dialog>: it traps focus, closes on Esc and gives focus back. One room at a time.
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useMessages } from "../messages";
import { Button } from "./controls";
import css from "./layout.module.css";

export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it still stands in the document: only then does the platform give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <div className={css.dialog}>
        <h2 id={id}>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  );
}

/** Asks before something is lost, and names it. With `word`, only typing that word allows it. */
export function Confirm(props: {
  title: string;
  action: string;
  busy?: boolean;
  blocked?: boolean;
  /** Plain red by default: most of what is asked about is lost for good. */
  look?: "danger" | "primary";
  children: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useMessages();
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      {props.children}
      <div className={`${css.row} ${css.end}`}>
        <Button onClick={props.onClose}>{t("action.cancel")}</Button>
        <Button
          look={props.look ?? "danger"}
          data-testid="confirm"
          disabled={props.busy || props.blocked}
          onClick={props.onConfirm}
        >
          {props.action}
        </Button>
      </div>
    </Dialog>
  );
}
