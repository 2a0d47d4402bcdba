// The message of the composer's example, with what it needs and costs.

/** One long dash makes it Unicode: 3 parts instead of 1. */
export const TEXT =
  'Dear customer, your order is ready — pick it up at our shop on the Korenmarkt, ' +
  'open until 18:00. Bring this message with you, please. See you soon!';

/** Contacts of the demo, so their names stand on the chips. */
export const REACHED = [
  { number: '+32 470 12 34 56', name: 'Ada Peeters', country: 'BE' },
  { number: '+32 498 55 01 77', name: 'Bram Claes', country: 'BE' },
  { number: '+33 6 12 34 56 78', name: 'François Moreau', country: 'FR' },
  { number: '+40 721 234 567', name: 'Ana Popescu', country: 'RO' },
];

/** Too short for the home country, Belgium. */
export const BAD = '0470 12 34';

export const NUMBERS = [...REACHED.map(({ number }) => number), BAD];
