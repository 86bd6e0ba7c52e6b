import { commands, eventNames, messages, topicRoot } from '@homeroom/protocol';
import { code, generatedFrom, markdownTable } from './markdown.ts';
import { fieldLines } from './schema-fields.ts';

/** @returns the text of `docs/mqtt-topics.md`. */
export function mqttTopicsPage(): string {
  return `${generatedFrom('protocol/messages.ts and protocol/payloads/')}

# MQTT topics

Payloads are JSON in UTF-8, readable in any MQTT explorer, and checked by schema at both ends: unknown fields pass, wrong ones are refused
with a reason. Everything works with MQTT 3.1.1; nothing needs MQTT 5.

What may be replayed is *state* and is retained. What must happen once is a *command*: it has an id and a time to live, and a retained, an expired or a
repeated one is dropped.

All topics start with \`${topicRoot}/\`. \`<device>\` is 3 to 63 of \`a-z\`, \`0-9\` and \`-\`.

${topicTable()}

## Who may use what

| account | user name and client id | may publish | may read |
|---|---|---|---|
| a device | its device id | its own topics of the table | its own \`desired\` and \`command/…\`, and \`controller/state\` |
| a device that enrols | \`claim\` or \`claim-<token>\`; client id \`enrol-<nonce>\` | \`enrol/<nonce>/request\` | \`enrol/<nonce>/reply\` |
| \`observer\` | any client id | nothing | everything but enrolment, and commands and results with secrets |

The observer's password is in \`controller/observer-password\` of the data folder:

\`\`\`sh
mosquitto_sub -h localhost -p 1883 -u observer -P "$(cat .homeroom/controller/observer-password)" -t '${topicRoot}/#' -v
\`\`\`

## Payloads

${Object.entries(messages).map(messageSection).join('\n\n')}

## Commands

Published on \`<device>/command/<name>\`, answered on \`<device>/result/<name>\` with the same \`id\`. Secret ones are kept from the observer.

${Object.entries(commands).map(commandSection).join('\n\n')}

## Events

\`<device>/event/<kind>\`; the kinds are ${eventNames.map(code).join(', ')}.
`;
}

function topicTable(): string {
  const rows = Object.values(messages).map(({ topic, from, retained, qos, maxBytes, description }) => [
    code(topic),
    from,
    retained ? 'yes' : 'no',
    String(qos),
    `${maxBytes / 1024} KiB`,
    description,
  ]);
  return markdownTable(['topic', 'from', 'retained', 'QoS', 'at most', 'what'], rows);
}

function messageSection([kind, { topic, schema }]: [
  string,
  (typeof messages)[keyof typeof messages],
]): string {
  return `### ${kind}\n\n${code(topic)}\n\n${fieldLines(schema)}`;
}

function commandSection([name, command]: [string, (typeof commands)[keyof typeof commands]]): string {
  const notes = `Answered within ${command.timeoutMs / 1000} s.${command.secret ? ' Secret.' : ''}`;
  return `### ${name}\n\n${command.description} ${notes}\n\nArguments:\n\n${fieldLines(command.args)}\n\nResult data:\n\n${fieldLines(command.data)}`;
}
