import { PROOFS } from '../inbound/trace.ts';
import { STYLE_NAMES, STYLES } from '../inbound/styles.ts';
import { formatAddress } from '../addresses.ts';
import type { InboundMail, OutboundMail } from '../records.ts';
import type { Frame } from './layout.ts';
import { type Markup, markup } from './markup.ts';
import { fill } from './words.ts';

const QUICK_WORDS = ['ANNEHMEN', 'ABLEHNEN', 'ERLEDIGT', 'ACCEPT', 'DECLINE', 'DONE'];
const GERMAN_WORDS = new Set(['ANNEHMEN', 'ABLEHNEN', 'ERLEDIGT']);

/** What a person can do with a mail the application sent. */
export function actionsOfOutbound(mail: OutboundMail, frame: Frame): Markup {
  return markup`${replyForm(mail, frame)}${fateForms(mail, frame)}${machineForms(mail, frame)}${forwardForm(mail, frame)}`;
}

export function actionsOfInbound(mail: InboundMail, { words }: Frame): Markup {
  return markup`<section class="card"><h2>${words.again}</h2><div class="buttons">
${postButton(`/control/mails/${mail.id}/deliver-again`, { as: 'same' }, words.againSame)}
${postButton(`/control/mails/${mail.id}/deliver-again`, { as: 'new_message_id' }, words.againOther)}
</div></section>`;
}

function replyForm(mail: OutboundMail, frame: Frame): Markup {
  const { words } = frame;
  const path = `/control/mails/${mail.id}/reply`;
  const sender = mail.to[0];
  return markup`<section class="card" id="reply">
<h2>${words.reply}</h2>
<form data-action="${path}">
<p class="hint">${words.quickReply}</p>
<div class="buttons words">${QUICK_WORDS.map((word) => markup`<button class="plain small" type="button" data-word="${word}" data-language="${GERMAN_WORDS.has(word) ? 'de' : 'en'}">${word}</button>`)}</div>
<label>${words.yourText}<textarea name="text" rows="5"></textarea></label>
<div class="pair">${styleSelect(frame)}${languageSelect(frame)}</div>
<label>${words.sender}<input name="from" value="${sender ? formatAddress(sender) : ''}" autocomplete="off"></label>
<label class="check"><input type="checkbox" name="quote" checked>${words.quote}</label>
${fileFields(frame)}
<details><summary>${words.more}</summary>
<label>${words.changeSubject}<input name="subject" autocomplete="off" data-optional></label>
<label>${words.signature}<textarea name="signature" rows="2"></textarea></label>
${proofFields(frame)}
<label class="check"><input type="checkbox" name="position" value="below">${words.below}</label>
<label class="check"><input type="checkbox" name="threading" checked>${words.threading}</label>
</details>
<button class="filled">${words.send}</button>
</form>
</section>`;
}

function fateForms(mail: OutboundMail, { words }: Frame): Markup {
  const path = (action: string): string => `/control/mails/${mail.id}/${action}`;
  const isPending = mail.deliveries.some(({ state }) => state === 'pending');
  const recipients = mail.deliveries.map(({ recipient }) => recipient);
  return markup`<section class="card"><h2>${words.fate}</h2>
${recipients.length > 1 ? markup`<label>${words.recipient}<select data-recipient>${recipients.map((one) => markup`<option>${one}</option>`)}</select></label>` : null}
<div class="buttons">
${isPending ? postButton(path('deliver'), {}, words.deliverNow) : null}
${postButton(path('bounce'), { type: 'HardBounce' }, words.hardBounce, true)}
${postButton(path('bounce'), { type: 'SoftBounce' }, words.softBounce)}
${postButton(path('bounce'), { type: 'Transient' }, words.delayed)}
${postButton(path('spam'), {}, words.spam, true)}
</div></section>`;
}

function machineForms(mail: OutboundMail, frame: Frame): Markup {
  const { words } = frame;
  const path = (action: string): string => `/control/mails/${mail.id}/${action}`;
  return markup`<section class="card"><details><summary><h2>${words.automatic}</h2></summary>
<form data-action="${path('out-of-office')}">
<div class="pair"><label>${words.program}<select name="style"><option value="outlook">Outlook</option><option value="gmail">Gmail</option><option value="gmx">GMX</option></select></label>${languageSelect(frame)}</div>
<div class="pair"><label>${words.until}<input type="date" name="until" data-optional></label><label>${words.deputy}<input name="deputy" data-optional></label></div>
<button class="plain">${words.outOfOffice}</button>
</form>
<div class="buttons">
${postButton(path('read-receipt'), { language: frame.language }, words.readReceipt)}
${postButton(path('bounce-mail'), {}, words.bounceMail)}
</div></details></section>`;
}

function forwardForm(mail: OutboundMail, frame: Frame): Markup {
  const { words } = frame;
  return markup`<section class="card"><details><summary><h2>${words.forward}</h2></summary>
<form data-action="/control/mails/${mail.id}/forward">
<label>${words.sender}<input name="from" required autocomplete="off" placeholder="kollege@firma.example"></label>
<label>${words.forwardText}<textarea name="text" rows="3"></textarea></label>
<div class="pair">${styleSelect(frame)}${languageSelect(frame)}</div>
${proofFields(frame)}
<button class="plain">${words.send}</button>
</form></details></section>`;
}

/** A new mail from anybody to any of our addresses. */
export function composePage(inboundDomain: string, frame: Frame): Markup {
  const { words } = frame;
  return markup`<p class="back"><a href="/">← ${words.back}</a></p>
<section class="card narrow"><h1>${words.compose}</h1><p class="hint">${fill(words.composeHint, inboundDomain)}</p>
<form data-action="/control/inbound">
<label>${words.sender}<input name="from" required autocomplete="off" placeholder="Frieda Muster &lt;frieda@muster.example&gt;"></label>
<label>${words.to}<input name="to" required autocomplete="off" placeholder="…@${inboundDomain}"></label>
<label>${words.cc}<input name="cc" autocomplete="off"></label>
<label>${words.subject}<input name="subject" autocomplete="off"></label>
<label>${words.text}<textarea name="text" rows="8"></textarea></label>
${fileFields(frame)}
<details><summary>${words.more}</summary>
<label>${words.replyToHint}<input name="replyTo" autocomplete="off"></label>
<label>HTML<textarea name="html" rows="4" class="code"></textarea></label>
${proofFields(frame)}
</details>
<button class="filled">${words.send}</button>
</form></section>`;
}

function styleSelect({ words }: Frame): Markup {
  return markup`<label>${words.program}<select name="style">${STYLE_NAMES.map((name) => markup`<option value="${name}">${STYLES[name].label}</option>`)}</select></label>`;
}

function languageSelect({ words, language }: Frame): Markup {
  const option = (code: 'de' | 'en', label: string): Markup => markup`<option value="${code}"${code === language ? markup` selected` : null}>${label}</option>`;
  return markup`<label>${words.mailLanguage}<select name="language">${option('de', 'Deutsch')}${option('en', 'English')}</select></label>`;
}

function proofFields({ words }: Frame): Markup {
  return markup`<label>${words.proof}<select name="proof">${PROOFS.map((proof) => markup`<option value="${proof}">${words[`proof_${proof}`]}</option>`)}</select></label>
<label class="check"><input type="checkbox" name="isSpam">${words.isSpam}</label>`;
}

function fileFields({ words }: Frame): Markup {
  return markup`<label>${words.attach}<input type="file" name="files" multiple></label>
<label class="check"><input type="checkbox" name="largeFile" value="21">${fill(words.attachLarge, 21)}</label>`;
}

function postButton(path: string, body: Record<string, string>, label: string, isGrave = false): Markup {
  return markup`<button type="button" class="plain small${isGrave ? ' grave' : ''}" data-post="${path}" data-body="${JSON.stringify(body)}">${label}</button>`;
}
