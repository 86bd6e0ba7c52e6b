import { errorAreas, errors } from '@homeroom/protocol';
import { generatedFrom, markdownTable } from './markdown.ts';

/** @returns the text of `docs/error-codes.md`. */
export function errorCodesPage(): string {
  return `${generatedFrom('protocol/errors')}

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
  return errorAreas.map(({ title: chapter, codes }) => {
    const rows = Object.entries(codes).map(([code, { status, title, remedy }]) => [
      `<a id="${code}"></a>\`${code}\``,
      String(status),
      title,
      remedy,
    ]);
    return `## ${chapter}\n\n${markdownTable(['code', 'status', 'what happened', 'what to do'], rows)}`;
  });
}
