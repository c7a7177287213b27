using System.Text.Json.Nodes;
using Scoring.Cluster;

namespace Scoring.Processes;

/// <summary>
/// The shipped programmes, with one change: the scores of Safe driver have no caps and a high ceiling, so that every event of a day changes
/// the score, and a lost or doubled one shows in the next answer.
/// </summary>
internal static class SummingProgramme
{
    private const int Most = 1_000_000;

    /// <summary>Writes the documents that seed an empty database. Returns the folder.</summary>
    public static string Write(string folder)
    {
        var shipped = Path.Combine(PlatformProcess.Folder(PlatformProcess.OwnBuild, "Silo"), "programmes");
        foreach (var file in Directory.EnumerateFiles(shipped, "*.json", SearchOption.AllDirectories))
        {
            var document = JsonNode.Parse(File.ReadAllText(file))!;
            var name = Path.GetRelativePath(shipped, file);
            if (name == Path.Combine("safe-driver", "programme-1.json")) document["ceiling"] = Most;
            if (name == Path.Combine("safe-driver", "ruleset-1.json"))
            {
                foreach (var rule in document["rules"]!.AsArray())
                    foreach (var cap in new[] { "capPerDay", "capPerWindow" }) rule![cap] = Most;
            }
            var to = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, document.ToJsonString());
        }
        return folder;
    }
}
