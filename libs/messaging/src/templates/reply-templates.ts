import { template } from './template';

/** What an officer is answered who replied to a message in WhatsApp. */
export const replyTemplates = {
  reply_taken: template({
    purpose: {
      id: 'Kepada petugas yang membalas AMBIL: eskalasi ini sekarang miliknya.',
      en: 'To the officer who replied AMBIL: these escalations are theirs now.',
    },
    variables: {
      subjects: '7K3M-XQ94-HTRJ',
      until: {
        id: 'Senin, 23 November 2026 pukul 22.35 WIB',
        en: 'Monday 23 November 2026 at 22:35 WIB',
      },
    },
    subject: { id: 'Anda menangani {{subjects}}', en: 'You have {{subjects}}' },
    text: {
      id: 'Terima kasih. Anda yang menangani {{subjects}}, sampai {{until}}. Bila belum ada tindak lanjut sampai saat itu, petugas lain ditanya.',
      en: 'Thank you. You have {{subjects}}, until {{until}}. If nothing has followed by then, somebody else is asked.',
    },
    approved: 'sinkron_reply_taken',
  }),
  reply_nothing: template({
    purpose: {
      id: 'Kepada petugas yang membalas dengan kode yang tidak berlaku, atau terlambat.',
      en: 'To an officer who replied with a code that is not valid, or too late.',
    },
    variables: { code: '4821' },
    subject: { id: 'Kode {{code}} tidak berlaku', en: 'Code {{code}} is not valid' },
    text: {
      id: 'Kode {{code}} tidak berlaku untuk nomor ini, atau eskalasinya sudah ditangani. Periksa kode pada pesan terakhir.',
      en: 'Code {{code}} is not valid for this number, or its escalation is taken. Check the code in the last message.',
    },
    approved: 'sinkron_reply_nothing',
  }),
};
