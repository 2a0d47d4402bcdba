// What the SMS field of Odoo counts, written from a description of its behaviour.

/** The GSM default alphabet, with none of its extension table. */
const ALPHABET =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;

/** Units that one part holds, alone and among several. */
const CAPACITY = { gsm: [160, 153], unicode: [70, 67] };

/**
 * The parts of a text: every UTF-16 unit is one, a line break two; what fits into one part is one,
 * and the rest a division. No character is kept whole.
 */
export function odooParts(text) {
  const units = text.length + (text.match(/\n/g)?.length ?? 0);
  const [single, several] = ALPHABET.test(text) ? CAPACITY.gsm : CAPACITY.unicode;
  return units <= single ? Math.min(units, 1) : Math.ceil(units / several);
}
