// A text field that offers values in a list of its own: any text may be typed, the list only helps. By keyboard as ARIA's
// combobox pattern has it.
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import css from "./combo.module.css";
import { TextField } from "./controls";

export interface Choice {
  value: string;
  /** What is said beside it. */
  note?: ReactNode;
}

interface Props {
  label: string;
  help?: ReactNode;
  listLabel: string;
  value: string;
  choices: Choice[];
  change: (value: string) => void;
  placeholder?: string;
  required?: boolean;
  "data-testid"?: string;
}

export function Combo({ listLabel, choices, value, change, ...rest }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const shown = matching(choices, value);
  const current = open ? shown[at] : undefined;
  const show = (to: number) => {
    setOpen(shown.length > 0);
    setAt(to);
    list.current?.children[to]?.scrollIntoView?.({ block: "nearest" });
  };
  const choose = (choice: Choice) => {
    change(choice.value);
    setOpen(false);
    setAt(-1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears what the field inside does
    <div className={css.combo} onBlur={() => setOpen(false)}>
      <TextField
        {...rest}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={id}
        aria-activedescendant={current ? `${id}-${at}` : undefined}
        value={value}
        onClick={() => show(-1)}
        onChange={(event) => {
          change(event.target.value);
          setOpen(matching(choices, event.target.value).length > 0);
          setAt(-1);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "ArrowDown") show(Math.min(at + 1, shown.length - 1));
          else if (event.key === "ArrowUp" && open) show(Math.max(at - 1, 0));
          else if (event.key === "Enter" && current) choose(current);
          else if (event.key === "Escape" && open) setOpen(false);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {choices.length > 0 ? <ChevronDown aria-hidden className={css.sign} /> : null}
      <div role="listbox" id={id} aria-label={listLabel} hidden={!open} className={css.list} ref={list}>
        {shown.map((choice, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            key={choice.value}
            id={`${id}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            // The field keeps the focus: losing it would close the list before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            <code>{choice.value}</code>
            {choice.note}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Those that hold what was typed; all of them while one of them stands in the field as it is. */
function matching(choices: Choice[], value: string): Choice[] {
  const typed = value.trim().toLowerCase();
  if (choices.some((choice) => choice.value === value)) return choices;
  return choices.filter((choice) => choice.value.toLowerCase().includes(typed));
}
