import { template } from './template';

// WhatsApp approves no text that begins or ends with a variable.
const howTo = {
  id: 'Ambil lewat tautan ini: {{link}}\nAtau balas di WhatsApp: AMBIL {{replyCode}}\nHanya untuk Anda; jangan diteruskan.',
  en: 'Take it by this link: {{link}}\nOr answer in WhatsApp: AMBIL {{replyCode}}\nFor you alone; do not forward it.',
};

// A code is good only from the number to which it was sent.
const howToByMail = {
  id: 'Ambil lewat tautan ini: {{link}}\nHanya untuk Anda; jangan diteruskan.',
  en: 'Take it by this link: {{link}}\nFor you alone; do not forward it.',
};

/** The text by WhatsApp, and the one by e-mail. */
function asked(id: string, en: string) {
  const ending = (how: typeof howTo) => ({ id: `${id}\n${how.id}`, en: `${en}\n${how.en}` });
  return { text: ending(howTo), mail: ending(howToByMail) };
}

/** What officers are asked. `link` and `replyCode` are made when the message leaves. */
export const stepTemplates = {
  step: template({
    purpose: {
      id: 'Kepada petugas yang mendapat giliran: satu eskalasi menunggu diambil.',
      en: 'To the officer whose turn it is: one escalation waits to be taken.',
    },
    variables: {
      subject: '7K3M-XQ94-HTRJ',
      office: 'Disdukcapil Kabupaten Kudus',
      reason: { id: 'ditandai darurat oleh petugas', en: 'flagged as urgent by an officer' },
      deadline: {
        id: 'Senin, 23 November 2026 pukul 23.59 WIB',
        en: 'Monday, 23 November 2026 at 23:59 WIB',
      },
      link: 'https://sinkron.example/ack/…',
      replyCode: '4821',
    },
    subject: { id: 'Darurat: {{subject}} menunggu Anda', en: 'Urgent: {{subject}} waits for you' },
    ...asked(
      `Eskalasi {{subject}} ({{office}}) menunggu Anda.\nAlasan: {{reason}}\nBatas pemohon: {{deadline}}`,
      `Escalation {{subject}} ({{office}}) waits for you.\nReason: {{reason}}\nApplicant's deadline: {{deadline}}`,
    ),
    approved: 'sinkron_step',
  }),
  step_bundle: template({
    purpose: {
      id: 'Kepada petugas: beberapa eskalasi dalam satu pesan, agar tidak menjadi badai pesan.',
      en: 'To the officer: several escalations in one message, so that alarms do not become a storm.',
    },
    variables: {
      count: '3',
      subjects: '7K3M-XQ94-HTRJ, 9TQ2-M7XD-K4WP, H3RV-2YQX-8JMC',
      link: 'https://sinkron.example/ack/…',
      replyCode: '4821',
    },
    subject: { id: 'Darurat: {{count}} laporan menunggu Anda', en: 'Urgent: {{count}} tickets wait for you' },
    ...asked(
      `Ada {{count}} eskalasi menunggu Anda: {{subjects}}`,
      `There are {{count}} escalations waiting for you: {{subjects}}`,
    ),
    approved: 'sinkron_step_bundle',
  }),
  step_final: template({
    purpose: {
      id: 'Kepada kepala kantor: semua sudah ditanya dan belum ada yang menjawab.',
      en: 'To the head of office: everybody was asked and nobody has answered.',
    },
    variables: {
      subject: '7K3M-XQ94-HTRJ',
      office: 'Disdukcapil Kabupaten Kudus',
      reason: { id: 'ditandai darurat oleh petugas', en: 'flagged as urgent by an officer' },
      deadline: {
        id: 'Senin, 23 November 2026 pukul 23.59 WIB',
        en: 'Monday, 23 November 2026 at 23:59 WIB',
      },
      link: 'https://sinkron.example/ack/…',
      replyCode: '4821',
    },
    subject: {
      id: 'Belum ada yang menjawab: {{subject}}',
      en: 'Nobody has answered: {{subject}}',
    },
    ...asked(
      `Belum ada petugas yang mengambil eskalasi {{subject}} ({{office}}).\nAlasan: {{reason}}\nBatas pemohon: {{deadline}}`,
      `No officer has taken escalation {{subject}} ({{office}}).\nReason: {{reason}}\nApplicant's deadline: {{deadline}}`,
    ),
    approved: 'sinkron_step_final',
  }),
};
