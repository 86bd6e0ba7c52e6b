import {
  type ASTNode,
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Parsing stops there: everything else is looked at only when it is this short. */
export const maxTokens = 2_000;
/** The usual question of tools for the whole schema is 13 deep. */
export const maxDepth = 15;
/** Each field at the top asks a route: so many questions one request may hold, aliases and fragments counted. */
export const maxQuestions = 50;

/** A rule of validation that refuses what is deeper, or asks more, than a page ever would. */
export function limitsRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet, context, new Set());
      if (depth > maxDepth) report(context, `at most ${maxDepth} levels`, operation);
      const questions = questionsOf(operation.selectionSet, context, new Set());
      if (questions > maxQuestions) report(context, `at most ${maxQuestions} fields at the top`, operation);
    },
  };
}

function report(context: ValidationContext, limit: string, node: ASTNode): void {
  context.reportError(new GraphQLError(`too much in one request: ${limit}`, { nodes: [node] }));
}

type Open = ReadonlySet<FragmentDefinitionNode>;

/** Fragments that spread themselves are refused by another rule; here they only must not go on for ever. */
function depthOf(set: SelectionSetNode | undefined, context: ValidationContext, open: Open): number {
  if (!set || open.size > maxDepth) return 0;
  const depths = set.selections.map((selection) => {
    if (selection.kind === Kind.FIELD) return 1 + depthOf(selection.selectionSet, context, open);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, context, open);
    return withFragment(selection.name.value, context, open, (inner, opened) =>
      depthOf(inner, context, opened),
    );
  });
  return Math.max(0, ...depths);
}

function questionsOf(set: SelectionSetNode, context: ValidationContext, open: Open): number {
  let count = 0;
  for (const selection of set.selections) {
    if (count > maxQuestions) return count;
    if (selection.kind === Kind.FIELD) count += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      count += questionsOf(selection.selectionSet, context, open);
    else {
      count += withFragment(selection.name.value, context, open, (inner, opened) =>
        questionsOf(inner, context, opened),
      );
    }
  }
  return count;
}

function withFragment(
  name: string,
  context: ValidationContext,
  open: Open,
  look: (set: SelectionSetNode, open: Open) => number,
): number {
  const fragment = context.getFragment(name);
  if (!fragment || open.has(fragment)) return 0;
  return look(fragment.selectionSet, new Set([...open, fragment]));
}
