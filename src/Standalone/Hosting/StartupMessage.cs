using Scoring.Development;

namespace Scoring.Hosting;

/// <summary>What a newcomer reads once the platform is up.</summary>
internal static class StartupMessage
{
    public static void Write(TextWriter to, string address, StandaloneFileWriter file) => to.WriteLine($"""

        Scoring is up.

          API            {address}
          documentation  {address}/docs
          tokens, keys   {file.Path} (for you alone; a day's tokens also in {file.TokenFolder}/)

        Try first, in another terminal:

          ./run demo                                              a small city on its own scratch folder
          curl {address}/v1/programmes                 what is scored, by which rules
          ./run city enrol --programme safe-driver --count 5      made-up vehicles join
          ./run city load --rate 200 --duration 10 --subjects 5   events for them
          ./run city admin show safe-driver                       how administrators see it; docs/api.md leads a draft into force
          curl -H "Authorization: Bearer $(cat {file.TokenFolder}/participant)" \
               "{address}/v1/me/subjects?programme=safe-driver"

        Ctrl-C stops it; everything stays in {Path.GetDirectoryName(file.Path)}.
        """);
}
