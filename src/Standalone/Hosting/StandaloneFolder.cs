using Scoring.Postgres;

namespace Scoring.Hosting;

/// <summary>The paths in the data folder. Only its owner may enter the folder.</summary>
internal sealed class StandaloneFolder
{
    public StandaloneFolder(string path)
    {
        Root = Path.GetFullPath(path);
        PrivateFolder.Create(Root);
    }

    public string Root { get; }

    public string Postgres => Path.Combine(Root, "postgres");

    public string Keys => Path.Combine(Root, "keys.json");

    public string Erasures => Path.Combine(Root, "erasures");

    public string DevelopmentKeys => Path.Combine(Root, "development-keys.json");

    public string Registrations => Path.Combine(Root, "registrations.json");

    public string Environment => Path.Combine(Root, "environment");

    public string Clock => Path.Combine(Root, "clock");
}
