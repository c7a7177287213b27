namespace Scoring.Hosting;

/// <summary>What lies where in the data folder, which only its owner may enter.</summary>
internal sealed class StandaloneFolder
{
    public StandaloneFolder(string path)
    {
        Root = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows() || Directory.Exists(Root)) Directory.CreateDirectory(Root);
        else Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Root { get; }

    public string Postgres => Path.Combine(Root, "postgres");

    public string Keys => Path.Combine(Root, "keys.json");

    public string Erasures => Path.Combine(Root, "erasures");

    public string DevelopmentKeys => Path.Combine(Root, "development-keys.json");

    public string Registrations => Path.Combine(Root, "registrations.json");

    public string Clock => Path.Combine(Root, "clock");
}
