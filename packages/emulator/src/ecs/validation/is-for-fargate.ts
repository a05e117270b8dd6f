import type { TaskDefinitionBody } from '../task-definition-body.ts'

/** Whether a task definition is to be checked against what Fargate takes. */
export function isForFargate({ requiresCompatibilities = [] }: TaskDefinitionBody): boolean {
  return requiresCompatibilities.includes('FARGATE')
}
