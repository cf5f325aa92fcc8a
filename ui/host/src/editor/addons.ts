// Mounts the AddOns that belong to what is selected: the few lines a host app has to write for each.
// It must use the SDK's public face only, and take everything out again.
import type { BlockType, Mounted } from "@addon-console/ha-addon";
import type { EditorActions, EditorState } from "../state.js";
import { isDefault, localized, readText } from "../template/edit.js";
import { kindOf, type Module, modulesOf } from "../template/types.js";

export interface Places {
  readonly state: EditorState;
  readonly actions: EditorActions;
  /** On top of the side bar. */
  readonly ai: HTMLElement;
  /** Under the field for the alternate text. */
  readonly wand: HTMLElement;
  readonly panelTarget: HTMLElement;
}

export interface Entries {
  destroy(): void;
}

const WRITABLE: ReadonlySet<string> = new Set<BlockType>(["TITLE", "PARAGRAPH", "LIST", "BUTTON"]);

function together(...mounted: Mounted[]): Entries {
  return {
    destroy() {
      for (const entry of mounted) entry.destroy();
    },
  };
}

export function mountFor(module: Module, places: Places): Entries {
  if (kindOf(module) === "IMAGE") return mountImage(module, places);
  return WRITABLE.has(kindOf(module)) ? together(mountWriting(module, places)) : together();
}

function mountWriting(module: Module, { state, actions, ai, panelTarget }: Places): Mounted {
  return state.addon.mountWritingAssistant(ai, {
    panelTarget,
    module: () => {
      const shown = localized(module, state.shown);
      return {
        uuid: module.uuid,
        type: kindOf(module) as BlockType,
        content: readText(shown),
        isDefault: isDefault(shown),
      };
    },
    onApply: ({ content, promptId }) => actions.edit(module, content, promptId),
  });
}

function mountImage(module: Module, { state, actions, ai, wand, panelTarget }: Places): Entries {
  const read = (one: Module) => {
    const { src = "", alt = "", dynamicSrc = "" } = localized(one, state.shown).descriptor.image ?? {};
    return { moduleId: one.uuid, src, alt, dynamicSrc };
  };
  const all = () => [...modulesOf(state.template)].filter((one) => one.descriptor.image);
  return together(
    state.addon.mountImageGeneration(ai, {
      panelTarget,
      module: () => module,
      onApply: ({ url }) => actions.editImage(module, url),
    }),
    state.addon.mountAltText(wand, {
      panelTarget,
      image: () => read(module),
      images: () => all().map(read),
      onApply: ({ moduleId, alt }) => {
        const target = all().find((one) => one.uuid === moduleId);
        if (target) actions.editAlt(target, alt);
      },
    }),
  );
}

export function mountMeta({ state, actions, ai, panelTarget }: Places): Entries {
  return together(
    state.addon.mountMetadata(ai, {
      panelTarget,
      template: () => state.template,
      language: () => state.shown || state.languages.main.value,
      onApply: (texts) => actions.editMeta(texts),
    }),
  );
}
