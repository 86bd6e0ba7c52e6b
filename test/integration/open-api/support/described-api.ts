import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

/** One operation of the document, with where it is. */
export interface Operation {
  readonly method: string;
  /** Below `/api/v1`, with `{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly 'x-access': string;
  readonly parameters?: readonly {
    readonly $ref?: string;
    readonly name?: string;
    readonly in?: string;
    readonly schema?: JsonSchema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

type Validate = ((value: unknown) => boolean) & { errors?: readonly object[] | null };

/** The OpenAPI document that a live controller serves, to be walked over and held against its answers. */
export class DescribedApi {
  readonly operations: readonly Operation[];
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<JsonSchema, Validate>();

  constructor(document: { paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>> }) {
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...operation,
        path,
        method: method.toUpperCase(),
      })),
    );
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'document');
  }

  static async of(origin: string): Promise<DescribedApi> {
    const response = await fetch(`${origin}/openapi.json`, { signal: AbortSignal.timeout(15_000) });
    return new DescribedApi(JSON.parse(await response.text()));
  }

  /** @returns what of an answer is not as the document says; empty when all is */
  faultsOf(operation: Operation, answer: { status: number; contentType: string; json: unknown }): string[] {
    const described = operation.responses[String(answer.status)];
    if (!described) return [`the status ${answer.status} is not described`];
    const [mediaType = ''] = answer.contentType.split(';');
    if (!described.content)
      return mediaType === '' ? [] : [`${answer.status} has ${mediaType}, but describes nothing`];
    const content = described.content[mediaType];
    if (!content) return [`${answer.status} is ${mediaType}, which is not described`];
    if (!content.schema) return [];
    const validate = this.#validatorOf(content.schema);
    return validate(answer.json) ? [] : [JSON.stringify(validate.errors)];
  }

  #validatorOf(schema: JsonSchema): Validate {
    const known = this.#validators.get(schema);
    if (known) return known;
    // References begin with `#`: they mean the document, not this part of it.
    const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
    const made: Validate = this.#ajv.compile(rooted);
    this.#validators.set(schema, made);
    return made;
  }
}
