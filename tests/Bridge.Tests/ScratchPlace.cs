namespace Scoring.Bridge;

/// <summary>A temporary folder that is deleted on disposal.</summary>
internal sealed class ScratchPlace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("scoring-bridge-").FullName;

    public string In(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file as a source must: under another name first.</summary>
    public void Put(string name, params string[] lines)
    {
        File.WriteAllText(In(name) + ".tmp", string.Join('\n', lines) + "\n");
        File.Move(In(name) + ".tmp", In(name));
    }

    public string[] Names(string folder = "") =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder)).Select(file => Path.GetFileName(file)!)
            .Where(name => name[0] != '.').Order(),
    ];

    public string Text(string name) => File.ReadAllText(In(name));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
