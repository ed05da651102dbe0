import { loadSharedConversation, type SharedConversation } from '#db/comments/shared.ts';
import type { Comment } from '#db/comments/entity.ts';
import type { Message, MessagePage } from '#templates/render.ts';
import { pageWordsOf } from '#templates/pages/words/words.ts';
import type { PageContext } from './context.ts';
import { sideOf } from './side.ts';
import { fileItem } from './work-facts.ts';

const SHOWN = 50;

/** The page of the conversation that the address asks for, as the link's holder may read it: names of the client's people and of their own side, of nobody else. */
export async function loadMessages(context: PageContext): Promise<MessagePage> {
  const asked = context.req.query['seite'];
  const page = typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
  const conversation = await loadSharedConversation(context.em, sideOf(context), { page, perPage: SHOWN });
  const { hasNextPage, total } = conversation.pageInfo;
  return {
    messages: conversation.comments.map((comment) => ({
      id: comment.id,
      ...authorOf(context, conversation, comment),
      at: comment.createdAt,
      text: comment.body || null,
      files: conversation.attachments.filter((file) => file.commentId === comment.id).map(fileItem),
    })),
    older: hasNextPage ? { page: page + 1, count: total - page * SHOWN } : null,
    newer: page > 1 ? { page: page - 1 } : null,
  };
}

function authorOf({ opened, view, locale }: PageContext, said: SharedConversation, comment: Comment): Pick<Message, 'author' | 'organisation' | 'isOwn'> {
  const { link } = opened;
  const client = view.organisation.name;
  if (comment.authorUserId && comment.authorOrganisationId !== comment.organisationId) {
    return { author: pageWordsOf(locale)[comment.assignmentId ? 'contractor' : 'observer'], organisation: null, isOwn: false };
  }
  if (comment.authorUserId) return { author: said.users.get(comment.authorUserId)?.name ?? client, organisation: client, isOwn: false };
  if (comment.authorObserverId) {
    const observer = said.observers.get(comment.authorObserverId);
    const isOwn = observer !== undefined && observer.id === link.observerId;
    return { author: observer?.name ?? (isOwn ? (observer?.email ?? client) : client), organisation: null, isOwn };
  }
  if (comment.assignmentId) {
    const name = said.contacts.get(comment.authorContactId ?? '')?.name ?? comment.authorName;
    if (comment.assignmentId === link.assignmentId) return { author: name ?? view.firm?.company ?? '', organisation: null, isOwn: true };
    return { author: pageWordsOf(locale).contractor, organisation: null, isOwn: false };
  }
  return { author: client, organisation: null, isOwn: false };
}
