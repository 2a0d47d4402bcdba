// The caller's half of the counter module: hands a text over and gives its count back.

/** Code units that there is room for at the start: more than 255 parts hold. */
const ROOM = 1 << 16;

/** From this length on, copying a text as UTF-8 costs less than writing it unit by unit. */
const LONG = 512;

/** So many code units are looked at to tell what kind of text a long one is. */
const HEAD = 32;

/**
 * Starts the module and returns its `count(text)`, which gives
 * `{ encoding: 'GSM7' | 'UCS2', units, parts, capacity, left }`.
 *
 * A text goes over in one of two ways. Unit by unit as UTF-16 costs nothing to begin with.
 * `TextEncoder.encodeInto` does, and then is up to three times as fast on texts that the browser
 * holds as bytes; those with other letters it has to convert, which takes longer than the loop, so
 * the head of the text decides. For an unpaired surrogate it writes U+FFFD: outside GSM-7 and one
 * unit long like the surrogate itself, so that the count is the same.
 */
export async function startCounter(module) {
  const { instance } = await WebAssembly.instantiate(module);
  const { memory, count_utf8: countUtf8, count_utf16: countUtf16 } = instance.exports;
  const encoder = new TextEncoder();
  let room = 0;
  let units;
  let bytes;
  let numbers;

  function makeRoom(length) {
    room = length;
    const unitsStart = instance.exports.units(room);
    // A code unit is three bytes of UTF-8 at most.
    const bytesStart = instance.exports.bytes(room * 3);
    // Views of a memory that has grown are void, so all three are made anew.
    units = new Uint16Array(memory.buffer, unitsStart, room);
    bytes = new Uint8Array(memory.buffer, bytesStart, room * 3);
    numbers = new Uint32Array(memory.buffer, countUtf16(0), 5);
  }

  makeRoom(ROOM);

  return function count(text) {
    const { length } = text;
    if (length > room) makeRoom(length);
    const written = length < LONG ? length : HEAD;
    let seen = 0;
    for (let at = 0; at < written; at++) {
      const unit = text.charCodeAt(at);
      seen |= unit;
      units[at] = unit;
    }
    if (written < length && seen < 0x80) {
      countUtf8(encoder.encodeInto(text, bytes).written);
    } else {
      for (let at = written; at < length; at++) units[at] = text.charCodeAt(at);
      countUtf16(length);
    }
    return {
      encoding: numbers[0] === 0 ? 'GSM7' : 'UCS2',
      units: numbers[1],
      parts: numbers[2],
      capacity: numbers[3],
      left: numbers[4],
    };
  };
}
