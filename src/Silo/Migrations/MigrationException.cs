namespace Scoring.Migrations;

/// <summary>This build may not run on the database. The message says what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);
