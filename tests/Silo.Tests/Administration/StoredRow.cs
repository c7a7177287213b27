using System.Text.Json;

namespace Scoring.Administration;

/// <summary>One row: the columns of its key and the exact bytes of its payload.</summary>
internal sealed record StoredRow(string Service, string Kind, string Name, string Payload)
{
    public static StoredRow Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        string Text(string member) => json.RootElement.GetProperty(member).GetString()!;
        return new StoredRow(Text("service"), Text("kind"), Text("name"), json.RootElement.GetProperty("payload").GetRawText());
    }
}
