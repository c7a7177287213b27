namespace Scoring.Postgres;

/// <summary>The operating system account that runs the server: our own, or, since PostgreSQL refuses root, a lesser one.</summary>
internal sealed class ServerAccount
{
    private readonly string? _name;
    private readonly string[] _prefix;

    private ServerAccount(string? name, string[] become) => (this._name, this._prefix) = (name, become);

    public static async Task<ServerAccount> Find(string name, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null, []);
        }

        // setpriv first: it replaces itself by the command, so that the server is our own child.
        string[][] ways =
        [
            ["setpriv", $"--reuid={name}", $"--regid={name}", "--init-groups", "--"],
            ["runuser", "-u", name, "--"],
        ];
        foreach (var way in ways)
        {
            var answer = await CommandRunner.Run([.. way, "id", "-u"], "/", cancellationToken);
            if (answer.Succeeded && answer.Output.Trim() is not ("0" or ""))
            {
                return new ServerAccount(name, way);
            }
        }

        throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.AccountMissing,
            $"PostgreSQL does not run as root, and the account '{name}' cannot be used instead: it does not exist, or " +
            "neither setpriv nor runuser (util-linux) is installed. " +
            "The system's PostgreSQL package makes the account; or start as an ordinary user.");
    }

    public string[] Line(params string[] command) => [.. _prefix, .. command];

    public Task<CommandResult> Run(string folder, CancellationToken cancellationToken, params string[] command) =>
        CommandRunner.Run(Line(command), folder, cancellationToken);

    /// <summary>Gives a folder that we have made, with its content, to the account.</summary>
    public async Task GiveFolder(string folder, CancellationToken cancellationToken)
    {
        if (_name is null)
        {
            return;
        }

        var answer = await CommandRunner.Run(["chown", "-R", $"{_name}:", folder], "/", cancellationToken);
        if (!answer.Succeeded)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.FolderUnusable, $"{folder} could not be given to '{_name}': {answer.Errors.Trim()}");
        }
    }

    /// <summary>
    /// Runs a command that takes a folder, even where the account cannot walk to it (below a 0700 folder of root): root opens the folder
    /// and hands it over as descriptor 3. Nobody's permissions change.
    /// </summary>
    public async Task<(string[] Line, string Path)> PrefixReaching(string folder, CancellationToken cancellationToken)
    {
        if (_name is null || (await Run("/", cancellationToken, "test", "-x", folder)).Succeeded)
        {
            return (Line(), folder);
        }

        const string handed = "/proc/self/fd/3";
        string[] line = ["sh", "-c", "exec 3<\"$0\"; exec \"$@\"", folder, .. Line()];
        if ((await CommandRunner.Run([.. line, "test", "-w", handed + "/."], "/", cancellationToken)).Succeeded)
        {
            return (line, handed);
        }

        throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.FolderUnusable,
            $"The account '{_name}' cannot reach {folder}: a folder above it is closed to others (see namei -l). " +
            "Choose a data folder elsewhere, or let others pass through (chmod o+x) the folders above it.");
    }
}
