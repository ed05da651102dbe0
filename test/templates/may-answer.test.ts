import { describe, expect, test } from '@jest/globals';
import { renderMail } from '#templates/render.ts';
import { mails } from './mail-data.ts';

const LOCALES = [['de-DE', /ANNEHMEN|[Aa]nnehmen oder ablehnen/, 'im Portal, mit einem Grund', 'ERLEDIGT'], ['en-GB', /ACCEPT|[Aa]ccept or decline/, 'in the portal, with a reason', 'DONE']] as const;

describe.each(LOCALES)('a mail offers its reader only what they can do, in %s', (locale, answer, giveBack, done) => {
  const textOf = (rendered: { text: string; html: string }) => `${rendered.text} ${rendered.html}`.replaceAll(/\s+/g, ' ');

  test.each(['acceptance-undone', 'date-changed'] as const)('%s asks for an answer whoever may give one, and nobody else', (name) => {
    const render = (mayAnswer: boolean) => textOf(renderMail(name, locale, { ...mails[name], hasAccount: true, mayAnswer }));
    expect(render(true)).toMatch(answer);
    expect(render(false)).not.toMatch(answer);
    expect(render(false)).toContain(mails[name].orderLink);
  });

  test('work that was given on before it was accepted can not be reported as done', () => {
    const render = (isAccepted: boolean) => textOf(renderMail('internal-assignment', locale, { ...mails['internal-assignment'], isGiven: true, isAccepted }));
    expect(render(true)).toContain(done);
    expect(render(false)).not.toContain(done);
  });

  test('who would give accepted work back by a word is told how: in the portal, or by phone', () => {
    const render = (hasAccount: boolean) => textOf(renderMail('step-refused', locale, { ...mails['step-refused'], cause: 'accepted_already', hasAccount }));
    expect(render(true)).toContain(giveBack);
    // Whoever comes after a colleague reads after whom.
    expect(render(true)).toContain('Jost Sonnleit');
    expect(render(false)).not.toContain(giveBack);
  });
});
