/** Bodies of task definitions as the wire has them. Everything may be absent: they are checked by what they hold. */
export interface TaskDefinitionBody {
  readonly family?: string
  readonly taskRoleArn?: string
  readonly executionRoleArn?: string
  readonly networkMode?: string
  readonly containerDefinitions?: readonly ContainerBody[]
  readonly volumes?: readonly VolumeBody[]
  readonly requiresCompatibilities?: readonly string[]
  readonly cpu?: string
  readonly memory?: string
  readonly pidMode?: string
  readonly ipcMode?: string
  readonly ephemeralStorage?: { readonly sizeInGiB?: number }
  readonly runtimePlatform?: { readonly cpuArchitecture?: string; readonly operatingSystemFamily?: string }
  readonly tags?: readonly TagBody[]
}

export interface TagBody {
  readonly key?: string
  readonly value?: string
}

export interface KeyValueBody {
  readonly name?: string
  readonly value?: string
}

interface VolumeBody {
  readonly name?: string
  readonly host?: object
  readonly efsVolumeConfiguration?: object
  readonly dockerVolumeConfiguration?: object
  readonly configuredAtLaunch?: boolean
}

export interface ContainerBody {
  readonly name?: string
  readonly image?: string
  readonly cpu?: number
  readonly memory?: number
  readonly memoryReservation?: number
  readonly essential?: boolean
  readonly entryPoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: readonly KeyValueBody[]
  readonly secrets?: readonly { readonly name?: string; readonly valueFrom?: string }[]
  readonly portMappings?: readonly {
    readonly containerPort?: number
    readonly hostPort?: number
    readonly protocol?: string
  }[]
  readonly mountPoints?: readonly {
    readonly sourceVolume?: string
    readonly containerPath?: string
    readonly readOnly?: boolean
  }[]
  readonly volumesFrom?: readonly { readonly sourceContainer?: string; readonly readOnly?: boolean }[]
  readonly workingDirectory?: string
  readonly user?: string
  readonly privileged?: boolean
  readonly readonlyRootFilesystem?: boolean
  readonly links?: readonly string[]
  readonly interactive?: boolean
  readonly pseudoTerminal?: boolean
  readonly dependsOn?: readonly DependencyBody[]
  readonly startTimeout?: number
  readonly stopTimeout?: number
  readonly healthCheck?: HealthCheckBody
  readonly logConfiguration?: LogConfigurationBody
  readonly repositoryCredentials?: { readonly credentialsParameter?: string }
  readonly restartPolicy?: RestartPolicyBody
}

interface DependencyBody {
  readonly containerName?: string
  readonly condition?: string
}

export interface HealthCheckBody {
  readonly command?: readonly string[]
  readonly interval?: number
  readonly timeout?: number
  readonly retries?: number
  readonly startPeriod?: number
}

export interface LogConfigurationBody {
  readonly logDriver?: string
  readonly options?: Readonly<Record<string, string>>
}

export interface RestartPolicyBody {
  readonly enabled?: boolean
  readonly ignoredExitCodes?: readonly number[]
  readonly restartAttemptPeriod?: number
}
