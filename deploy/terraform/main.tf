# What `tsdbt setup` makes, and the account that runs it, for those who keep such things in Terraform.

terraform {
  required_version = ">= 1.5"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.0"
    }
  }
}

variable "project" {
  type = string
}

variable "location" {
  description = "Where bucket and datasets lie; BigQuery loads only from a bucket in its own location."
  type        = string
  default     = "US"
}

variable "bucket" {
  description = "The bucket of the target's staging prefix."
  type        = string
}

variable "datasets" {
  description = "The datasets of models, of ingested sources and of the ledger."
  type        = set(string)
  default     = ["analytics", "staging", "_tsdbt"]
}

provider "google" {
  project = var.project
}

resource "google_storage_bucket" "staging" {
  name                        = var.bucket
  location                    = var.location
  uniform_bucket_level_access = true

  lifecycle_rule {
    condition {
      age = 1
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }
}

resource "google_bigquery_dataset" "dataset" {
  for_each   = var.datasets
  dataset_id = each.value
  location   = var.location
}

resource "google_service_account" "runner" {
  account_id   = "tsdbt-runner"
  display_name = "tsdbt"
}

resource "google_storage_bucket_iam_member" "objects" {
  bucket = google_storage_bucket.staging.name
  role   = "roles/storage.objectAdmin"
  member = "serviceAccount:${google_service_account.runner.email}"
}

resource "google_bigquery_dataset_iam_member" "editor" {
  for_each   = google_bigquery_dataset.dataset
  dataset_id = each.value.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = "serviceAccount:${google_service_account.runner.email}"
}

resource "google_project_iam_member" "user" {
  project = var.project
  role    = "roles/bigquery.user"
  member  = "serviceAccount:${google_service_account.runner.email}"
}

output "service_account" {
  value = google_service_account.runner.email
}
