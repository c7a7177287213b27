using Scoring.Development;

namespace Scoring.Hosting;

/// <summary>Writes what a new user reads when the platform is ready.</summary>
internal static class StartupMessage
{
    public static void Write(TextWriter to, string address, Uri issuer, Uri? portal, StandaloneFileWriter file) => to.WriteLine($"""

        Scoring is ready. {(portal is null ? "" : $"Open {portal} in a browser.")}

          portal         {portal?.ToString() ?? "off"}
          API            {address}
          documentation  {address}/docs
          sign-in        {issuer} (made-up people, Development only)
          tokens, keys   {file.Path} (only you can read it; the tokens are valid for a day and also in {file.TokenFolder}/)

        Try this in another terminal:

          ./run demo                                              a demonstration on scratch data
          ./run status                                            how the platform is, and what to do when it is not well
          curl {address}/v1/programmes                the programmes and their rules
          ./run city enrol --programme safe-driver --count 5      enrol 5 synthetic vehicles
          ./run city load --rate 200 --duration 10 --subjects 5   send events about them
          ./run city load --linked --rate 2 --duration 60         send events about what people have linked in the portal
          ./run city admin show safe-driver                       the administrators' view; docs/api.md shows how to publish a draft
          curl -H "Authorization: Bearer $(cat {file.TokenFolder}/participant)" \
               "{address}/v1/me/subjects?programme=safe-driver"

        Ctrl-C stops the platform. Its data stay in {Path.GetDirectoryName(file.Path)}.
        """);
}
