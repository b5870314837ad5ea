const Address = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const Closing = /[.,;:!?…'"»”’)\]}]$/u;
const Opening = { ')': '(', ']': '[', '}': '{' };

/**
 * Finds the web addresses in a text.
 * @param {string} text
 * @returns {{ text: string, href?: string }[]} the text in pieces
 */
export function splitLinks(text) {
  const pieces = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(Address)) {
    const address = withoutClosing(found);
    const href = parse(address);
    if (!href) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: address, href });
    from = index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Punctuation at the end belongs to the sentence, unless it closes a bracket of the address. */
function withoutClosing(address) {
  let end = address.length;
  while (Closing.test(address.slice(0, end))) {
    const opening = Opening[address[end - 1]];
    const body = address.slice(0, end - 1);
    if (opening && body.split(opening).length > body.split(address[end - 1]).length) break;
    end--;
  }
  return address.slice(0, end);
}

function parse(address) {
  return URL.canParse(address) ? new URL(address).href : '';
}
