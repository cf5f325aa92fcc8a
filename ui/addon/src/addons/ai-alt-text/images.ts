// Which images can get an alternate text from the AI, and which of them a batch takes.
// It must stay pure: it decides on what the host says about its images.

export interface AltImage {
  readonly moduleId: string;
  /** Which image of a block with several, such as icons. */
  readonly itemId?: string;
  readonly src: string;
  readonly alt: string;
  /** Set where the image is chosen at sending time: nobody knows what it will show. */
  readonly dynamicSrc?: string;
}

export interface AltApplied {
  readonly moduleId: string;
  readonly itemId?: string;
  readonly alt: string;
}

/** A static picture: its address may hold no merge tag either. */
export function isStatic({ src, dynamicSrc }: AltImage): boolean {
  return !dynamicSrc && /^(https?:\/\/|data:image\/)/i.test(src) && !/^https?:.*(\{\{|\*\||%%)/i.test(src);
}

/** Bulk takes images with an empty text only; a default text counts as filled. */
export function eligible(images: readonly AltImage[]): AltImage[] {
  return images.filter((image) => image.alt.trim() === "" && isStatic(image));
}

/** The text's way back to its image. */
export function applied({ moduleId, itemId }: Omit<AltImage, "src" | "alt">, alt: string): AltApplied {
  return { moduleId, ...(itemId === undefined ? {} : { itemId }), alt };
}
