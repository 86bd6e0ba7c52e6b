import { type ErrorCode, errors } from '@homeroom/protocol';
import { generatedFrom, markdownTable } from './markdown.ts';

/** The catalogue's chapters: each begins at the code that is named. */
const chapters: readonly (readonly [ErrorCode, string])[] = [
  ['request_invalid', 'Asking'],
  ['database_unavailable', 'Depending on others'],
  ['template_unknown', 'Sessions and desktops'],
  ['ticket_invalid', 'Streams'],
  ['device_unknown', 'Devices and enrolment'],
  ['command_unknown', 'Commands and messages'],
  ['config_invalid', 'Starting up'],
];

/** @returns the text of `docs/error-codes.md`. */
export function errorCodesPage(): string {
  return `${generatedFrom('protocol/errors.ts')}

# Error codes

Every error that Homeroom tells a person or a program has one of these codes. Over HTTP it comes as a problem document
([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with the status below; over MQTT, in logs and on screens the same code stands alone or in
\`{code, message}\`. A problem's \`detail\` says what happened this time and never holds a secret.

\`\`\`json
{
  "type": "/docs/error-codes#seat_taken",
  "title": "${errors.seat_taken.title}",
  "status": ${errors.seat_taken.status},
  "code": "seat_taken",
  "detail": "Seat 3 shows the desktop of maria.",
  "remedy": "${errors.seat_taken.remedy}"
}
\`\`\`

${chapterTexts().join('\n\n')}
`;
}

function chapterTexts(): string[] {
  const codes = Object.keys(errors) as ErrorCode[];
  const starts = chapters.map(([first]) => codes.indexOf(first));
  return chapters.map(([, title], index) => {
    const rows = codes
      .slice(starts[index], starts[index + 1])
      .map((code) => [
        `<a id="${code}"></a>\`${code}\``,
        String(errors[code].status),
        errors[code].title,
        errors[code].remedy,
      ]);
    return `## ${title}\n\n${markdownTable(['code', 'status', 'what happened', 'what to do'], rows)}`;
  });
}
