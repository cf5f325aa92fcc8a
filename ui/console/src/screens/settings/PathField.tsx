// A file by its path: typed, or chosen in the system's own window, which the back end opens. Reads no file.
import { Button, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { FilePurpose } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function PathField(props: {
  label: string;
  help?: string;
  placeholder: string;
  testId: string;
  purpose: FilePurpose;
  path: string;
  onPath: (path: string) => void;
}) {
  const { t } = useMessages();
  const choose = useAct("file_choose");
  const ask = () =>
    choose.mutate(
      { purpose: props.purpose },
      { onSuccess: ({ path }) => (path === null ? undefined : props.onPath(path)) },
    );
  return (
    <>
      <TextField
        label={props.label}
        {...(props.help ? { help: props.help } : {})}
        placeholder={props.placeholder}
        data-testid={props.testId}
        value={props.path}
        onChange={(event) => props.onPath(event.target.value)}
      />
      <div className={layout.row}>
        <Button data-testid={`${props.testId}-choose`} disabled={choose.isPending} onClick={ask}>
          {t("file.choose")}
        </Button>
      </div>
      <Problem error={choose.error} />
    </>
  );
}
