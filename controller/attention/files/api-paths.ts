/** Where hosts fetch and bring files, as the route table has it. */
export const apiPaths = {
  handedOut: (round: string) => `/api/v1/file-rounds/${round}/file`,
  broughtFiles: (round: string, user: string) => `/api/v1/file-rounds/${round}/people/${user}/files`,
} as const;
