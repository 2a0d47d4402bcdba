// The peers, each as a function from a text to its number of parts.

import segments from 'sms-segments-calculator';
import splitSms from 'split-sms';

import { odooParts } from './odoo.mjs';

const SUMMARY = { summary: true };

/** By the name in a bench's name. Each is called as its documentation says for a count alone. */
export const counters = {
  'split-sms': (text) => splitSms.split(text, SUMMARY).parts.length,
  twilio: (text) => new segments.SegmentedMessage(text).segmentsCount,
  odoo: odooParts,
};
