// The pictures of the demo newsletter, drawn here so that the page loads nothing from elsewhere.
// They must stay free of text: text belongs into blocks.

const uri = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

const picture = (width: number, height: number, inside: string) =>
  uri(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inside}</svg>`,
  );

/** A harbour at dawn with its lighthouse. */
export const HARBOUR = picture(
  600,
  250,
  `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f6d9a4"/><stop offset=".75" stop-color="#fdf1da"/></linearGradient>
<linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3f6d7a"/><stop offset="1" stop-color="#2a4f5c"/></linearGradient></defs>
<rect width="600" height="250" fill="url(#s)"/><circle cx="212" cy="150" r="58" fill="#e9a63a"/><circle cx="212" cy="150" r="86" fill="#e9a63a" opacity=".18"/>
<path d="M0 168c70-34 120-30 178-12s120 10 170-8 150-28 252 6v40H0z" fill="#c9a77a" opacity=".55"/>
<path d="M0 184c90-26 150-10 230-6s190-18 370-2v20H0z" fill="#8f7b63" opacity=".55"/>
<path d="M440 188l8-112h26l8 112z" fill="#fffaf0"/><path d="M446.3 100h29.4l1.6 22h-32.6zM443.6 138h34.8l1.6 22h-38z" fill="#c4552d"/>
<path d="M444 76h34v-7h-34z" fill="#2b3a40"/><path d="M451 69h20V50h-20z" fill="#ffd777"/><path d="M447 50h28l-14-15z" fill="#2b3a40"/>
<path d="M471 52l129-30v64L471 66z" fill="#ffe9b3" opacity=".6"/><path d="M400 190c14-12 40-14 61-14s52 2 66 14z" fill="#5e5346"/>
<rect y="188" width="600" height="62" fill="url(#w)"/>
<path d="M150 196h124M172 206h80M186 216h52M198 226h28" stroke="#f3c56f" stroke-width="3" stroke-linecap="round" opacity=".85"/>
<path d="M30 214h40M96 232h52M300 210h46M360 234h60M486 216h50M540 236h36" stroke="#7fa3aa" stroke-width="2" stroke-linecap="round" opacity=".7"/>
<path d="M318 196l36-1-7 11h-22z" fill="#c4552d"/><path d="M334 194v-34l18 30zM331 194v-26l-11 22z" fill="#fffaf0"/>
<path d="M60 70q8-9 16 0q8-9 16 0M118 48q6-7 12 0q6-7 12 0" fill="none" stroke="#7c6a52" stroke-width="2.2" stroke-linecap="round"/>`.replaceAll(
    /\n/g,
    "",
  ),
);

/** What an image block shows before it has a picture. */
export const EMPTY = picture(
  600,
  200,
  '<rect width="600" height="200" fill="#efe8db"/><path d="M250 60h100v80H250zM250 126l32-32 26 26 18-18 24 24" fill="none" stroke="#a2927a" stroke-width="4" stroke-linejoin="round"/><circle cx="326" cy="84" r="8" fill="#a2927a"/>',
);

const loaf = (ground: string, crust: string, light: string, extra: string) =>
  picture(
    280,
    170,
    `<rect width="280" height="170" fill="${ground}"/><ellipse cx="140" cy="136" rx="104" ry="10" fill="#000" opacity=".08"/>
<path d="M42 112c0-40 42-62 98-62s98 22 98 62c0 14-10 22-26 22H68c-16 0-26-8-26-22z" fill="${crust}"/>
<path d="M54 104c4-28 40-44 86-44 30 0 58 7 74 20-22-8-44-11-70-11-42 0-76 12-90 35z" fill="${light}" opacity=".75"/>
<path d="M92 76c4 14 2 28-6 40M128 68c6 16 5 34-4 50M166 68c6 16 5 34-4 50M200 78c3 13 2 25-5 38" fill="none" stroke="${light}" stroke-width="5" stroke-linecap="round"/>${extra}`.replaceAll(
      /\n/g,
      "",
    ),
  );

export const WALNUT = loaf(
  "#fbeed3",
  "#b9722c",
  "#eec27d",
  '<path d="M222 40c0-9 7-15 15-15s15 6 15 15c0 8-7 14-15 14s-15-6-15-14z" fill="#8a5a2b"/><path d="M237 27v26M229 33q5 7 0 14M245 33q-5 7 0 14" fill="none" stroke="#5f3b1a" stroke-width="2"/>',
);

export const OLIVE = loaf(
  "#e9eddc",
  "#8d6a33",
  "#d9bd80",
  '<path d="M28 52c20-20 44-22 60-22" fill="none" stroke="#5c7146" stroke-width="3" stroke-linecap="round"/><path d="M40 44c-2-12 4-18 12-20 2 10-2 18-12 20zM58 36c0 12 8 16 18 16-2-11-9-16-18-16z" fill="#7c9460"/><ellipse cx="84" cy="40" rx="8" ry="6" fill="#47552f"/>',
);
