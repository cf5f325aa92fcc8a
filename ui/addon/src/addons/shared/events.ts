// Builds the message about used images, in Beefree's exact shape.
// It must add no field of ours: hosts compare and store these objects.
import type { ImageUsageInfo } from "../../types/events.js";
import type { AddOnContext } from "../context.js";

/** Nothing was used: nothing is reported, as Beefree charges successes only. */
export function reportImages(
  context: AddOnContext,
  handle: ImageUsageInfo["detail"]["handle"],
  consumedImages: number,
): void {
  if (consumedImages < 1) return;
  const uid = context.session()?.uid || context.config.current.uid || "";
  // Beefree shows the sentence for the writing assistant only; we take the same for its siblings.
  const message = `Token usage for addon handle: ${handle}`;
  context.info({ code: 1000, message, detail: { handle, uid, consumedImages } });
}
