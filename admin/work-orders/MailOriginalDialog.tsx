import { Button, Dialog, DialogActions, DialogContent, DialogTitle, IconButton, Tab, Tabs } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CloseIcon } from '../parts/icons.ts';
import { MailFrame } from '../parts/MailFrame.tsx';
import { Answer } from '../parts/States.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Comment, MailOriginal } from '../providers/types.ts';

type Props = { readonly comment: Comment; readonly inboundMailId: string; readonly onClose: () => void };

/** The mail as it came, beside what stands in the conversation; one click brings back what was cut. */
export function MailOriginalDialog({ comment, inboundMailId, onClose }: Props) {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['mails', 'original', inboundMailId], queryFn: () => portal.mailOriginal(inboundMailId) });
  const restore = useCommand((commands, id: string) => commands.restoreComment(id), { said: 'thread.restored_done', saysFailure: true, onDone: onClose });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" aria-labelledby="mail-original">
      <DialogTitle id="mail-original" style={{ display: 'flex' }}>
        <span style={{ flex: 1 }}>{t('thread.mail_original')}</span>
        <IconButton onClick={onClose} aria-label={t('action.close')}><CloseIcon /></IconButton>
      </DialogTitle>
      <DialogContent className="mail-original">
        <div><h3 className="form-section">{t('thread.original')}</h3><Answer query={asked} rows={6}>{(mail) => <OriginalMail mail={mail} />}</Answer></div>
        <div><h3 className="form-section">{t('thread.cut_text')}</h3><div className="pre cut-text">{comment.body}</div></div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('action.close')}</Button>
        {comment.can['restore'] !== true ? null : <Button variant="contained" disabled={restore.isPending} onClick={() => restore.mutate(comment.id)}>{t('thread.restore')}</Button>}
      </DialogActions>
    </Dialog>
  );
}

/** From, to, subject, then the text or the cleaned HTML, and the headers for who wants them. */
export function OriginalMail({ mail }: { mail: MailOriginal }) {
  const t = useT();
  const format = useFormat();
  const [tab, setTab] = useState<'plain' | 'html' | 'headers'>(mail.html ? 'html' : 'plain');
  return (
    <>
      <dl className="facts">
        <dt>{t('thread.from')}</dt><dd>{mail.from}</dd>
        <dt>{t('thread.to')}</dt><dd>{mail.to}</dd>
        <dt>{t('thread.subject')}</dt><dd>{mail.subject}</dd>
        <dt>{t('thread.received')}</dt><dd>{format.dateTime(mail.receivedAt)}</dd>
      </dl>
      <Tabs value={tab} onChange={(_, next: 'plain') => setTab(next)}>
        {mail.html ? <Tab value="html" label={t('thread.html')} /> : null}
        <Tab value="plain" label={t('thread.plain')} />
        <Tab value="headers" label={t('thread.headers')} />
      </Tabs>
      {tab === 'html' && mail.html ? <MailFrame html={mail.html} title={mail.subject} /> : null}
      {tab === 'plain' ? <div className="pre mail-plain">{mail.text ?? ''}</div> : null}
      {tab === 'headers' ? <pre className="pre mail-plain">{mail.headers.map((one) => `${one.name}: ${one.value}`).join('\n')}</pre> : null}
    </>
  );
}
