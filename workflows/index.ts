export { assignment } from './assignment.ts';
export { fileRequest } from './file-request.ts';
export { inboundMail } from './inbound-mail.ts';
export { mailDelivery } from './mail-delivery.ts';
export { notificationDigest } from './notification-digest.ts';
export { partnerInvitation } from './partner-invitation.ts';
export { dailyDigest, reconcile, upkeep } from './rounds.ts';
