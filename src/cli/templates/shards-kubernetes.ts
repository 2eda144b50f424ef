/**
 * A Kubernetes Indexed Job that audits on eight machines, and a job that joins what they saw, over a shared volume. The
 * image holds git and keyaudit; the configuration and the credentials come from a ConfigMap and a Secret.
 */
export const SHARDS_KUBERNETES = `apiVersion: batch/v1
kind: Job
metadata:
  name: keyaudit-shard
spec:
  completionMode: Indexed
  completions: 8
  parallelism: 8
  backoffLimitPerIndex: 1
  template:
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      containers:
        - name: keyaudit
          image: registry.example.com/keyaudit:latest
          workingDir: /config
          command: [sh, -c]
          # Kubernetes counts from 0.
          args:
            - exec keyaudit audit --shard "$((JOB_COMPLETION_INDEX + 1))/8" --out "/shards/$JOB_COMPLETION_INDEX"
          envFrom:
            - secretRef: { name: keyaudit-credentials }
          resources:
            requests: { cpu: '2', memory: 2Gi, ephemeral-storage: 20Gi }
          volumeMounts:
            - { name: config, mountPath: /config }
            - { name: shards, mountPath: /shards }
      volumes:
        - name: config
          configMap: { name: keyaudit-config }
        - name: shards
          persistentVolumeClaim: { claimName: keyaudit-shards }
---
# Apply it when the first one has ended: kubectl wait --for=condition=complete job/keyaudit-shard --timeout=2h
apiVersion: batch/v1
kind: Job
metadata:
  name: keyaudit-merge
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      containers:
        - name: keyaudit
          image: registry.example.com/keyaudit:latest
          workingDir: /config
          command: [keyaudit, merge, /shards, --out, /shards/reports]
          envFrom:
            - secretRef: { name: keyaudit-credentials }
          volumeMounts:
            - { name: config, mountPath: /config }
            - { name: shards, mountPath: /shards }
      volumes:
        - name: config
          configMap: { name: keyaudit-config }
        - name: shards
          persistentVolumeClaim: { claimName: keyaudit-shards }
`;
