namespace Scoring.Migrations;

/// <summary>The database is not one that this build may run on. The message says what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);
