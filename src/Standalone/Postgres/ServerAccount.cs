namespace Scoring.Postgres;

/// <summary>
/// The operating system account that runs the server: the account of this process or, because PostgreSQL refuses root, another one.
/// </summary>
internal sealed class ServerAccount
{
    private readonly string? _name;
    private readonly string[] _prefix;

    private ServerAccount(string? name, string[] prefix)
    {
        _name = name;
        _prefix = prefix;
    }

    public static async Task<ServerAccount> Find(string name, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null, []);
        }

        // setpriv comes first: it replaces itself with the command, so that the server is a child of this process.
        string[][] prefixes =
        [
            ["setpriv", $"--reuid={name}", $"--regid={name}", "--init-groups", "--"],
            ["runuser", "-u", name, "--"],
        ];
        foreach (var prefix in prefixes)
        {
            var answer = await CommandRunner.Run([.. prefix, "id", "-u"], "/", cancellationToken);
            if (answer.Succeeded && answer.Output.Trim() is not ("0" or ""))
            {
                return new ServerAccount(name, prefix);
            }
        }

        throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.AccountMissing,
            $"PostgreSQL does not run as root, and the account '{name}' cannot be used instead. The account does not exist, or " +
            "neither setpriv nor runuser (util-linux) is installed. " +
            "Install the system's PostgreSQL package, which creates the account, or start the platform as an ordinary user.");
    }

    public string[] Line(params string[] command) => [.. _prefix, .. command];

    public Task<CommandResult> Run(string folder, CancellationToken cancellationToken, params string[] command) =>
        CommandRunner.Run(Line(command), folder, cancellationToken);

    /// <summary>Makes the account the owner of a folder and its content.</summary>
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
                EmbeddedPostgresFailure.FolderUnusable, $"{folder} cannot be given to the account '{_name}': {answer.Errors.Trim()}");
        }
    }

    /// <summary>
    /// Returns the command prefix and the path by which the account reaches a folder. When a folder of root above it has mode 0700, root
    /// opens the folder and passes it as descriptor 3. No permissions change.
    /// </summary>
    public async Task<(string[] Line, string Path)> PrefixReaching(string folder, CancellationToken cancellationToken)
    {
        if (_name is null || (await Run("/", cancellationToken, "test", "-x", folder)).Succeeded)
        {
            return (Line(), folder);
        }

        const string descriptor = "/proc/self/fd/3";
        string[] line = ["sh", "-c", "exec 3<\"$0\"; exec \"$@\"", folder, .. Line()];
        if ((await CommandRunner.Run([.. line, "test", "-w", descriptor + "/."], "/", cancellationToken)).Succeeded)
        {
            return (line, descriptor);
        }

        throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.FolderUnusable,
            $"The account '{_name}' cannot reach {folder}: a folder above it is closed to other accounts (see namei -l). " +
            "Choose another data folder, or run chmod o+x on the folders above it.");
    }
}
