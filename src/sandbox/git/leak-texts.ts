/** The files and messages in which the seeded company's keys leak. */
export const dotenv = (value: string): string =>
  `NODE_ENV=production\nAPIVIDEO_API_KEY=${value}\nPORT=8080\nLOG_LEVEL=info\n`;

export const unity = (value: string): string => `using UnityEngine;
using UnityEngine.Networking;

namespace Fjordlight.Training
{
    public class SessionExport : MonoBehaviour
    {
        private const string Host = "https://api.cognitive3d.com/v0/";
        // TODO: ask the platform team where this should live
        private const string Key = "${value}";

        private UnityWebRequest Prepare(string path)
        {
            var request = UnityWebRequest.Get(Host + path);
            request.SetRequestHeader("Authorization", Key);
            return request;
        }
    }
}
`;

export const curlConfig = (value: string): string =>
  `# used by jobs/nightly.sh\nsilent\nheader = "Authorization: ${value}"\nurl = "https://api.cognitive3d.com/v0/organizations/apiKeys/whoami"\n`;

/** One line, as bundlers write them. */
export function bundle(value: string): string {
  const ballast = Array.from(
    { length: 160 },
    (_, index) => `function f${index}(a,b){return a*${index + 3}+(b|0)}`,
  );
  const client = `var c=new ApiVideoClient({apiKey:"${value}"});c.videos.list().then(function(v){render(v.data)});`;
  return `!function(){"use strict";${ballast.slice(0, 90).join('')}${client}${ballast.slice(90).join('')}}();\n`;
}

export const vidbeoGuide = (value: string): string => `# Publishing a film

1. Ask the editors for the final cut.
2. List what is there already:

    curl https://api.vidbeo.com/v2/videos -H "Authorization: Bearer ${value}"

3. Upload the film and wait for its captions.
`;

export const androidResource = (value: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<resources>\n    <string name="api_video_host">https://ws.api.video</string>\n    <string name="api_video_key" translatable="false">${value}</string>\n</resources>\n`;

export const uploadScript = (value: string): string =>
  `#!/bin/sh\nset -eu\n# usage: upload.sh FILE TITLE\ncurl -u ${value}: https://ws.api.video/videos -d "title=$2"\n`;

export const yamlConfig = (value: string): string =>
  `player:\n  host: https://ws.api.video\n  apivideo_api_key: ${value}\n  autoplay: false\n`;

export const httpFile = (basic: string): string =>
  `### What is subscribed?\nGET https://ws.api.video/webhooks\nAuthorization: Basic ${basic}\nAccept: application/json\n`;

export const python = (value: string): string =>
  `import json\nimport urllib.request\n\nURL = "https://api.cognitive3d.com/v0/organizations/apiKeys/whoami"\nrequest = urllib.request.Request(URL, headers={"Authorization": "APIKEY:ORGANIZATION ${value}"})\nprint(json.load(urllib.request.urlopen(request)))\n`;

export const handover = (value: string): string =>
  `Access for the agency\n=====================\n\nCognitive3D (whole organization): APIKEY:ORGANIZATION ${value}\nShared drive: ask Clara\n`;

export const shellProfile = (value: string): string =>
  `export EDITOR=vim\nexport C3D_API_KEY=${value}\nalias gs='git status -sb'\n`;

export const commitMessage = (value: string): string =>
  `Resume broken uploads\n\nTried it by hand first:\n\n    curl -u ${value}: https://ws.api.video/videos\n\nwhich answers 201, so the token exchange is not the problem.\n`;

export const tagMessage = (value: string): string =>
  `Release 2.3.0\n\nSmoke test: API_VIDEO_API_KEY=${value} npm run smoke\n`;

export const compose = (value: string): string =>
  `services:\n  portal:\n    build: ..\n    environment:\n      VIDBEO_API_KEY: ${value}\n      VIDBEO_URL: https://api.vidbeo.com/v2\n`;

export const studioConfig = (value: string): string =>
  `${JSON.stringify({ cameras: 2, 'api.video': { apiKey: value } }, null, 2)}\n`;

export const UPLOAD_NOTE = '# Uploads\n\nA broken upload is resumed from the last part that arrived.\n';
export const RELEASE_NOTE = '# Releasing\n\nTag the commit, wait for the smoke test, then deploy.\n';
export const MIXER = 'export const mix = (left: number, right: number): number => (left + right) / 2;\n';
export const STUDIO_CLEAN = `${JSON.stringify({ cameras: 2 }, null, 2)}\n`;
